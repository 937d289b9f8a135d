//! Prints our table of Japan's national holidays, one day a line, for `scripts/check-holidays`.

fn main() {
    for day in tsunagari::schedule::holidays::all() {
        println!("{day}");
    }
}
