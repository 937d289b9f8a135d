//! The committed sample city is what its source tables give, byte for byte.

#[path = "../../examples/make_sample/main.rs"]
mod make_sample;

use std::path::Path;

#[test]
fn the_sample_city_is_what_its_source_tables_give() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (path, bytes) in make_sample::sample_files(&data.join("sample/source")).unwrap() {
        let committed = std::fs::read(data.join(path)).unwrap_or_else(|error| panic!("data/{path}: {error}"));
        assert!(committed == bytes, "data/{path} is out of date: run cargo run --example make_sample");
    }
}
