//! Tells cargo that the default theme and the files of a new portal are part of the program: they are
//! embedded by `include_dir!`, which cannot say so itself.

fn main() {
    for folder in ["themes/default", "src/command/init/files"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
