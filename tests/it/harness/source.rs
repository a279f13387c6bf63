//! The program's own source as a test reads it: every file as tokens, what it defines, and which file it uses what of.
//!
//! Code of unit tests (`#[cfg(test)]`) is left out. What `mod.rs` only hands on (`pub use`) is looked up where it is defined.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// One file without its comments and unit tests.
pub struct Source {
    /// Under `src`: `store/letters.rs`.
    pub path: String,
    /// The module under the crate's root: `store`.
    pub top: String,
    /// As it is used after `crate`: `["store", "letters"]`.
    pub module: Vec<String>,
    pub tokens: Vec<TokenTree>,
    uses: Vec<Use>,
    paths: Vec<Vec<String>>,
    defines: BTreeSet<String>,
}

/// One name that a `use` brings in.
#[derive(Clone, Debug)]
struct Use {
    scope: Vec<String>,
    path: Vec<String>,
    name: String,
    public: bool,
}

/// A file uses a name of another; the name is empty where the module itself is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub name: String,
}

pub struct House {
    pub sources: Vec<Source>,
    /// The place of each module among the sources; whether it is of the binary.
    places: BTreeMap<(bool, Vec<String>), usize>,
}

/// The binary's own modules: their `crate` is not the library.
const BINARY: [&str; 2] = ["main", "commands"];

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let all: Vec<TokenTree> =
            text.parse::<TokenStream>().unwrap_or_else(|error| panic!("{path}: {error}")).into_iter().collect();
        let mut module: Vec<String> = path.trim_end_matches(".rs").split('/').map(ToOwned::to_owned).collect();
        if ["mod", "lib", "main"].contains(&module.last().unwrap().as_str()) {
            module.pop();
        }
        let top = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let tokens = without_tests(all);
        let mut source = Self {
            path: path.to_owned(),
            top,
            module: module.clone(),
            uses: Vec::new(),
            paths: Vec::new(),
            defines: BTreeSet::new(),
            tokens: Vec::new(),
        };
        source.read(&tokens, &module, true);
        source.tokens = tokens;
        source
    }

    pub fn is_registry(&self) -> bool {
        self.path == "lib.rs" || self.path.ends_with("/mod.rs")
    }

    fn is_of_binary(&self) -> bool {
        BINARY.contains(&self.top.as_str())
    }

    /// Notes what is defined, brought in and named. `outside` of every function and type.
    fn read(&mut self, tokens: &[TokenTree], scope: &[String], outside: bool) {
        let mut at = 0;
        let mut public = false;
        while let Some(token) = tokens.get(at) {
            let Some(word) = ident(token) else {
                if let TokenTree::Group(group) = token {
                    self.read(&inside(group), scope, false);
                }
                public &= matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
                at += 1;
                continue;
            };
            if word == "use" {
                let end = (at..tokens.len()).find(|end| is(&tokens[*end], ';')).unwrap_or(tokens.len());
                for (path, name) in tree(&tokens[at + 1..end], &[]) {
                    self.uses.push(Use { scope: scope.to_vec(), path, name, public });
                }
                at = end;
                continue;
            }
            let next = tokens.get(at + 1);
            if word == "mod"
                && let (Some(name), Some(TokenTree::Group(body))) = (next.and_then(ident), tokens.get(at + 2))
            {
                let scope: Vec<String> = scope.iter().cloned().chain([name]).collect();
                self.read(&inside(body), &scope, outside);
                at += 3;
                continue;
            }
            if outside && let Some(name) = defined(tokens, at) {
                self.defines.insert(name);
            }
            let (segments, end) = path(tokens, at);
            if segments.len() > 1 {
                for (path, _) in tree(&tokens[at..end], &[]) {
                    self.paths.push(absolute(&path, scope));
                }
            }
            public = word == "pub";
            at = end;
        }
    }
}

/// `crate::a::b` for what stands in a module as `crate::a::b`, `self::…` or `super::…`; others as they are.
fn absolute(path: &[String], scope: &[String]) -> Vec<String> {
    let mut scope = scope.to_vec();
    let mut rest = path;
    match rest.first().map(String::as_str) {
        Some("self") => rest = &rest[1..],
        Some("super") => {
            while rest.first().is_some_and(|word| word == "super") {
                scope.pop();
                rest = &rest[1..];
            }
        }
        _ => return path.to_vec(),
    }
    ["crate".to_owned()].into_iter().chain(scope).chain(rest.iter().cloned()).collect()
}

fn ident(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    [0, 1].iter().all(|add| tokens.get(at + add).is_some_and(|token| is(token, ':')))
}

pub fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// The segments that begin at a token, and where they end; a group in braces after them belongs to the path.
fn path(tokens: &[TokenTree], at: usize) -> (Vec<String>, usize) {
    let mut segments = vec![ident(&tokens[at]).unwrap()];
    let mut at = at + 1;
    while colons(tokens, at) {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(ident)) => segments.push(ident.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                segments.push(String::new());
                return (segments, at + 3);
            }
            Some(token) if is(token, '*') => return (segments, at + 3),
            _ => break,
        }
        at += 3;
    }
    (segments, at)
}

/// Every path of a tree as `use` has it, and the name that it goes by: `a::{b, c as d}` is `a::b` as `b` and `a::c` as `d`.
fn tree(tokens: &[TokenTree], before: &[String]) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    for part in tokens.split(|token| is(token, ',')).filter(|part| !part.is_empty()) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut words = part.iter();
        let mut open = true;
        while let Some(token) = words.next() {
            match token {
                TokenTree::Ident(word) if word == "as" => name = words.next().and_then(ident),
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Group(group) => {
                    found.extend(tree(&inside(group), &path));
                    open = false;
                }
                _ => {}
            }
        }
        if open && !path.is_empty() {
            let name = name.unwrap_or_else(|| path.last().unwrap().clone());
            found.push((path, name));
        }
    }
    found
}

/// The name of what is defined at a keyword.
fn defined(tokens: &[TokenTree], at: usize) -> Option<String> {
    let word = ident(&tokens[at])?;
    let next = if word == "macro_rules" { at + 2 } else { at + 1 };
    let kinds = ["struct", "enum", "trait", "type", "fn", "const", "static", "macro_rules"];
    if kinds.contains(&word.as_str()) { ident(tokens.get(next)?) } else { None }
}

/// Leaves out what stands under `#[cfg(test)]`.
fn without_tests(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !is_attribute(&tokens, at, "cfg (test)") {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let ends_with_sign = |word: &str| ["use", "const", "static", "type"].contains(&word);
        let mut to_sign = false;
        at += 2;
        while let Some(token) = tokens.get(at) {
            to_sign |= ident(token).is_some_and(|word| ends_with_sign(&word));
            let body = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            at += 1;
            if is(token, ';') || (body && !to_sign) {
                break;
            }
        }
    }
    kept
}

/// Whether an outer attribute with this content begins at a token.
fn is_attribute(tokens: &[TokenTree], at: usize, content: &str) -> bool {
    let group = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.stream().to_string().replace(' ', "") == content.replace(' ', ""),
        _ => false,
    };
    is(&tokens[at], '#') && tokens.get(at + 1).is_some_and(group)
}

impl House {
    /// All files under a folder.
    pub fn read(root: &Path) -> Self {
        let mut paths = Vec::new();
        files(root, &mut paths);
        let texts = paths.into_iter().map(|path| {
            let under = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            (under, fs::read_to_string(&path).unwrap())
        });
        Self::of(texts)
    }

    pub fn of(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let texts: Vec<_> = texts.into_iter().collect();
        let mut tests = BTreeSet::new();
        for (path, text) in &texts {
            let folder = path.trim_end_matches("mod.rs").trim_end_matches("lib.rs").trim_end_matches("main.rs");
            let folder = folder.strip_suffix(".rs").map_or_else(|| folder.to_owned(), |folder| format!("{folder}/"));
            let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
            for at in (0..tokens.len()).filter(|at| is_attribute(&tokens, *at, "cfg (test)")) {
                let words: Vec<String> = tokens[at + 2..].iter().take(4).filter_map(ident).collect();
                if let Some(name) = words.iter().skip_while(|word| *word != "mod").nth(1) {
                    tests.insert(format!("{folder}{name}"));
                }
            }
        }
        let is_test = |path: &str| tests.iter().any(|test| path == format!("{test}.rs") || path.starts_with(&format!("{test}/")));
        let kept = texts.iter().filter(|(path, _)| !is_test(path));
        let sources: Vec<Source> = kept.map(|(path, text)| Source::new(path, text)).collect();
        let places = sources.iter().enumerate();
        let places = places.map(|(place, source)| ((source.is_of_binary(), source.module.clone()), place)).collect();
        Self { sources, places }
    }

    fn at(&self, binary: bool, module: &[String]) -> Option<&Source> {
        self.places.get(&(binary, module.to_vec())).map(|place| &self.sources[*place])
    }

    /// The file that a path leads to, and the first name in it.
    fn resolve(&self, from: &Source, path: &[String], depth: usize) -> Option<(&Source, String)> {
        let (first, rest) = path.split_first()?;
        let binary = match first.as_str() {
            "crate" => from.is_of_binary(),
            "rettematch" if from.is_of_binary() => false,
            _ if depth > 8 => return None,
            _ => {
                let brought = from.uses.iter().find(|one| one.name == *first && one.path.first() != Some(first));
                let mut path = match brought {
                    Some(one) => absolute(&one.path, &one.scope),
                    None => {
                        let child: Vec<String> = from.module.iter().chain([first]).cloned().collect();
                        self.at(from.is_of_binary(), &child)?;
                        ["crate".to_owned()].into_iter().chain(child).collect()
                    }
                };
                path.extend(rest.iter().cloned());
                return self.resolve(from, &path, depth + 1);
            }
        };
        let mut length = 0;
        while length < rest.len() && self.at(binary, &rest[..=length]).is_some() {
            length += 1;
        }
        let there = self.at(binary, &rest[..length])?;
        let Some(name) = rest.get(length) else { return Some((there, String::new())) };
        Some(self.handed_on(there, name, depth).unwrap_or((there, name.clone())))
    }

    /// Where a name is defined that a file only hands on.
    fn handed_on(&self, there: &Source, name: &str, depth: usize) -> Option<(&Source, String)> {
        if there.defines.contains(name) || depth > 8 {
            return None;
        }
        if there.module.is_empty() {
            // A macro that is exported stands at the root.
            let of_macro = |source: &&Source| !source.module.is_empty() && source.exports(name);
            return self.sources.iter().find(of_macro).map(|source| (source, name.to_owned()));
        }
        for one in there.uses.iter().filter(|one| one.public) {
            let path = absolute(&one.path, &one.scope);
            let (last, before) = path.split_last()?;
            if last == "*" {
                let full: Vec<String> = before.iter().cloned().chain([name.to_owned()]).collect();
                let found = self.resolve(there, &full, depth + 1);
                if let Some((source, name)) = found.filter(|(source, name)| source.defines.contains(name)) {
                    return Some((source, name));
                }
            } else if one.name == name && *last != "self" {
                return self.resolve(there, &path, depth + 1).filter(|(source, _)| source.path != there.path);
            }
        }
        None
    }

    /// Every use of one file by another; what a file hands on of its own modules is none.
    pub fn arrows(&self) -> BTreeSet<Arrow> {
        let mut arrows = BTreeSet::new();
        for source in &self.sources {
            let brought = source.uses.iter().filter(|one| !(one.public && source.is_registry()));
            let brought = brought.map(|one| absolute(&one.path, &one.scope));
            for path in brought.chain(source.paths.iter().cloned()) {
                if let Some((to, name)) = self.resolve(source, &path, 0).filter(|(to, _)| to.path != source.path) {
                    arrows.insert(Arrow { from: source.path.clone(), to: to.path.clone(), name });
                }
            }
        }
        arrows
    }
}

impl Source {
    /// Whether it exports a macro of this name.
    fn exports(&self, name: &str) -> bool {
        (0..self.tokens.len()).any(|at| {
            is_attribute(&self.tokens, at, "macro_export") && defined(&self.tokens, at + 2).is_some_and(|found| found == name)
        })
    }
}

/// The files that can be reached from each other, circle by circle.
pub fn circles(arrows: &BTreeSet<Arrow>) -> Vec<BTreeSet<String>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arrow in arrows {
        next.entry(&arrow.from).or_default().insert(&arrow.to);
    }
    let reached = |from: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = next.get(from).into_iter().flatten().copied().collect();
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                open.extend(next.get(at).into_iter().flatten());
            }
        }
        seen
    };
    let all: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|from| (*from, reached(from))).collect();
    let circle = |from: &str| -> BTreeSet<String> {
        let back = |to: &&&str| all.get(**to).is_some_and(|there| there.contains(from));
        all[from].iter().filter(back).map(|to| (*to).to_owned()).collect()
    };
    let found: BTreeSet<BTreeSet<String>> = all.keys().map(|from| circle(from)).filter(|circle| !circle.is_empty()).collect();
    found.into_iter().collect()
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}
