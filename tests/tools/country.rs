//! Writes the made-up country as a list of companies: `cargo run --release --example country -- 300000 > country.csv`.

#[path = "../bench/country.rs"]
#[allow(dead_code)]
mod country;

use std::io::{BufWriter, Write, stdout};

fn main() -> std::io::Result<()> {
    let workplaces = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(300_000);
    let mut out = BufWriter::new(stdout().lock());
    country::write_csv(workplaces, &mut out)?;
    out.flush()
}
