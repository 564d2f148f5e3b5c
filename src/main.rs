//! The street door: arguments in, exit code out.

/// A build asks for memory some ten million times, from all threads at once.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> juhend::command::Exit {
    juhend::command::run()
}
