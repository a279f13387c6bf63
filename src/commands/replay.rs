//! `replay`: plays course files and reports the expectations that fail, or what a caseload costs people's attention.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use chrono::NaiveDate;
use rettematch::replay;
use serde_json::json;
use std::path::PathBuf;

pub async fn run(files: &[PathBuf], rules: Option<&str>, json: bool) -> CommandResult {
    let texts = read(files)?;
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
    judged(&played)
}

pub async fn summary(
    files: &[PathBuf],
    rules: Option<&str>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    json: bool,
) -> CommandResult {
    let texts = read(files)?;
    let bar = Bar::new("days");
    let days = replay::Days { from, to };
    let (played, summary) = replay::replay_together(&texts, rules, days, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    let short: Vec<&replay::Played> = played.iter().filter(|case| !case.holds()).collect();
    if json {
        let cases: Vec<_> = short.iter().map(|case| json!({"case": case.case, "shortfalls": case.shortfalls})).collect();
        println!("{}", serde_json::to_string_pretty(&json!({"summary": summary, "fell_short": cases}))?);
    } else {
        println!("{}", replay::print_summary(&summary));
        for case in short {
            println!("FORLØB {}\n{}", case.case, replay::print_shortfalls(case));
        }
    }
    judged(&played)
}

fn read(files: &[PathBuf]) -> Result<Vec<String>, String> {
    let read = |file: &PathBuf| std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
    files.iter().map(read).collect()
}

fn judged(played: &[replay::Played]) -> CommandResult {
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
