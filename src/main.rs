//! The program: starts the command line.
fn main() {}
