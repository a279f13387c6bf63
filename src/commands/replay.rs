//! `replay`: plays course files and reports the expectations that fail.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use rettematch::replay;
use std::path::PathBuf;

pub async fn run(files: &[PathBuf], rules: Option<&str>, json: bool) -> CommandResult {
    let read = |file: &PathBuf| std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
    let texts = files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let bar = Bar::new("days");
    let played = replay::replay(&texts, rules, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    if json {
        println!("{}", serde_json::to_string_pretty(&played)?);
    } else {
        for case in &played {
            println!("{}", replay::print(case));
        }
    }
    let short: usize = played.iter().map(|case| case.shortfalls.len()).sum();
    let waiting = played.iter().flat_map(|case| &case.shortfalls).filter(|shortfall| shortfall.waits_for.is_some()).count();
    match short {
        0 => Ok(()),
        _ => Err(format!(
            "{short} expectations fell short, {waiting} of them since they wait for a rule that this version does not have"
        )
        .into()),
    }
}
