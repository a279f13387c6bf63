//! A new migration is built in: `embed_migrations!` reads a folder that cargo would not watch otherwise.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
