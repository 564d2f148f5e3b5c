//! The street door: arguments in, exit code out.

fn main() -> juhend::command::Exit {
    juhend::command::run()
}
