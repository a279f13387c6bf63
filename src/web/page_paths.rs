//! Which addresses are pages: a person reads them, so an error there is a page too, and the address can name the language.

pub fn is_page(path: &str) -> bool {
    !["/api/", "/health/", "/metrics", "/docs/"].iter().any(|start| path.starts_with(start))
}
