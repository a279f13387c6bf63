//! `verify-log`: follows the log of who has read of whom, and prints where each municipality's chain ends. What it prints is kept
//! elsewhere and given to a later run (`--since`), which then finds entries that were cut off at the end, too.

use super::progress::Bar;
use crate::commands::result::CommandResult;
use rettematch::{
    app::App,
    domain::{
        people::{read_log::ChainHead, tenant::Tenant},
        values::register::Municipality,
    },
    settings::Settings,
    verify_log::verify_log,
};
use std::path::Path;

pub async fn run(config: Option<&Path>, since: Option<&Path>) -> CommandResult {
    let earlier = match since {
        Some(path) => heads(&std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?)?,
        None => Vec::new(),
    };
    let app = App::open(Settings::load(config)?)?;
    let bar = Bar::new("entries");
    let logs = verify_log(&app, &earlier, &|done, of| bar.tell(done, of)).await?;
    bar.end();
    for log in &logs {
        println!("{} {} {}", log.tenant.as_str(), log.head.number, log.head.chain);
        if let Some(number) = log.broken_at {
            eprintln!(
                "{}: entry {number} does not follow from those before it: it was changed, or one before it is gone",
                log.tenant.as_str()
            );
        }
        for head in &log.missing {
            eprintln!("{}: entry {} of the earlier run is gone, or another than it was", log.tenant.as_str(), head.number);
        }
    }
    if logs.iter().all(|log| log.is_whole()) {
        eprintln!("the log is whole; keep these lines elsewhere, and give them to the next run (--since FILE)");
        return Ok(());
    }
    Err("the log is not whole".into())
}

/// The lines of an earlier run: municipality, number, chain.
fn heads(text: &str) -> CommandResult<Vec<(Tenant, ChainHead)>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let head = |line: &str| {
        let mut words = line.split_whitespace();
        let tenant = Municipality::parse(words.next()?).map(Tenant::of)?;
        let (number, chain) = (words.next()?.parse().ok()?, words.next().unwrap_or_default().to_owned());
        Some((tenant, ChainHead { number, chain }))
    };
    lines.map(|line| head(line).ok_or_else(|| format!("not a line of an earlier run: {line}").into())).collect()
}
