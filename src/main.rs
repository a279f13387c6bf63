//! The command line. Each subcommand is a few lines over the library.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::as_conversions)]

mod commands;

use clap::{Parser, Subcommand};
use rettematch::{settings::Settings, telemetry};
use std::{path::PathBuf, process::ExitCode};

/// RetteMatch books and follows up company internships (virksomhedspraktik), so that they lead to a job.
///
/// Try `rettematch demo` first: it serves a municipality at work today on this machine.
/// Settings: see config/base.toml; a file goes over it with --config, then the environment (RETTEMATCH__MAIL__HOST=…).
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// A file of settings, over the built-in ones.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, tick and deliver. Brings the tables up to date, and makes the first administrator where nobody can sign in.
    Serve,
    /// Play a municipality at work today into a fresh file, print a course of the field study as a diary, and serve the
    /// municipality on this machine.
    Demo {
        /// Where the file and the letters go; left out: a temporary folder.
        #[arg(long)]
        folder: Option<PathBuf>,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        /// Print in English instead of Danish; what people in it say stays Danish.
        #[arg(long)]
        english: bool,
    },
    /// Play course files, each case in an empty database of its own, and say which expectations fall short.
    ///
    /// With --summary all cases are one consultant's caseload, in one database and day by day together; what it costs people's
    /// attention is printed instead of the diaries: lines and mails by role, rule and level, mails on one day and on days off.
    Replay {
        /// Course files (JSON).
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// A rulebook to try instead of the built-in one.
        #[arg(long, value_name = "FILE")]
        rules: Option<String>,
        /// Lines and mails by role, rule and level, instead of the diaries.
        #[arg(long)]
        summary: bool,
        /// The first day that the summary counts, for instance 2025-01-01; left out: the first one played.
        #[arg(long, value_name = "DATE", requires = "summary")]
        from: Option<chrono::NaiveDate>,
        /// The last day that is played and that the summary counts, inclusive; left out: 60 days after the last event.
        #[arg(long, value_name = "DATE", requires = "summary")]
        to: Option<chrono::NaiveDate>,
        /// The diary, or the summary, and the shortfalls as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Try a changed rulebook on the database's own history: rule by rule, what would have been refused, asked or flagged, and
    /// what no longer. Nothing is written.
    Backtest {
        /// The changed rulebook (TOML, the form of config/rules.toml).
        #[arg(long, value_name = "FILE")]
        rules: String,
        /// The first day of the history, for instance 2025-01-01.
        #[arg(long, value_name = "DATE")]
        from: chrono::NaiveDate,
        /// The last day, inclusive.
        #[arg(long, value_name = "DATE")]
        to: chrono::NaiveDate,
        /// Everything as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring a list in: companies with their workplaces, or where postcodes lie. Without --keep a dry run.
    #[command(subcommand)]
    Import(Import),
    /// Look at every course that is due, raise and clear flags, write the letters that are owed. Once, now.
    Tick,
    /// Send the letters that are due. Once, now.
    Deliver,
    /// Copy everything into another database that is empty, of the same engine or the other, and prove that it arrived: rows
    /// and SHA-256 of each table on both sides. All or nothing; broken off, it is asked for again. Stop the service first: what
    /// is written meanwhile is not copied.
    CopyTo {
        /// sqlite:PATH or postgres://USER@HOST/NAME.
        #[arg(value_name = "URL")]
        to: String,
    },
    /// Copy the SQLite file while it is served, and check the copy. Nothing is overwritten. The key is not in it.
    Backup {
        /// Where the copy goes.
        #[arg(value_name = "PATH")]
        to: PathBuf,
    },
    /// Bring the tables up to date, and say what was done.
    Migrate,
    /// Read settings, rulebook and key, see whether the key is the database's and whether others may read either, and say what is
    /// wrong or how they stand. Secrets are not shown, and nothing is made or changed.
    CheckConfig,
    /// Compare the whole database with what the rules say of it: the plain columns of each internship, and that what was signed
    /// is what stands there. Names the rows that differ, by their ids only. Nothing is written.
    CheckData,
    /// Follow the log of who has read of whom: whether an entry was changed or removed. Prints where each municipality's ends.
    VerifyLog {
        /// What an earlier run printed: those entries must be there still.
        #[arg(long)]
        since: Option<PathBuf>,
    },
    /// Write all that is kept of a citizen into a new file (JSON), in the name of an account that may see it. It stands in the log.
    Extract {
        /// The citizen's case number (B-…) or id. Never a CPR number: it would stand in the shell's history.
        #[arg(long)]
        citizen: String,
        /// The address of the account.
        #[arg(long = "as")]
        account: String,
        /// The file.
        #[arg(long)]
        to: PathBuf,
    },
    /// Erase the citizens whose time has come (retention_years), now: the schedule does it every day. To erase them in a backup that is kept, name
    /// it as the database.
    Erase,
    /// Seal everything anew under the newest key (the last of the key file). May be broken off and run again, beside a service that
    /// works. Afterwards only the first key and the newest are needed.
    RotateKeys,
    /// Make an administrator for a municipality, and print the first password.
    Administrator {
        /// The municipality's three-digit code, for instance 101.
        #[arg(long)]
        municipality: String,
        /// The address to sign in with.
        #[arg(long)]
        email: String,
    },
}

#[derive(Subcommand)]
enum Import {
    /// Bring companies and workplaces in from CSV, Excel (.xlsx) or JSON lines in the shape of the register's extract.
    ///
    /// Without --keep everything is read and compared, and nothing written. Bad rows go into FILE.rejected.csv beside the
    /// list, each with its line, columns and faults: correct them there and send that file again as it is. What is new,
    /// changed, closed or put right goes into FILE.changes.csv. The same list again changes nothing; one that was broken off
    /// is sent again. Who keeps the contact, vacancies, contacts, prospects, coordinates corrected here and staff figures
    /// given here are never overwritten; an empty cell says nothing, and leaves what stands.
    #[command(after_long_help = companies_help())]
    Companies {
        #[command(flatten)]
        list: List,
    },
    /// Say where postcodes lie, from CSV or Excel with the columns Postnummer, Navn, Breddegrad, Længdegrad (postcode, name,
    /// latitude, longitude; degrees of WGS 84).
    ///
    /// Afterwards every workplace, and what is open there, that is known by its postcode or municipality alone is placed anew.
    Postcodes {
        #[command(flatten)]
        list: List,
    },
}

#[derive(clap::Args)]
struct List {
    /// The list. CSV may be UTF-8 or Windows-1252, with ; , or tab between fields, and titles above the header.
    file: PathBuf,
    /// The address of the account, liaison or team leader, in whose name and municipality it is done. New companies get it
    /// as their liaison.
    #[arg(long, value_name = "EMAIL")]
    by: String,
    /// Keep the good rows. Without it: a dry run.
    #[arg(long)]
    keep: bool,
}

impl List {
    fn order(self) -> commands::import::Order {
        commands::import::Order { file: self.file, by: self.by, keep: self.keep }
    }
}

fn companies_help() -> String {
    format!(
        "Columns, in any order; case, blanks and signs in a name do not matter. A row without a P-number tells of the company \
         alone. Full-time posts of a month: a column »Årsværk 2026-08«, or Årsværk beside Måned.\n\n{}",
        rettematch::import::help()
    )
}

fn main() -> ExitCode {
    commands::modes::keep_to_owner();
    let cli = Cli::parse();
    let telemetry = match start_telemetry(&cli) {
        Ok(telemetry) => telemetry,
        Err(why) => return fail(why.as_ref()),
    };
    let done = actix_web::rt::System::new().block_on(async {
        match cli.command {
            Command::Serve => commands::serve::run(cli.config.as_deref()).await,
            Command::Demo { folder, listen, english } => commands::demo::run(folder, &listen, english).await,
            Command::Replay { files, rules, summary: true, from, to, json } => {
                commands::replay::summary(&files, rules.as_deref(), from, to, json).await
            }
            Command::Replay { files, rules, json, .. } => commands::replay::run(&files, rules.as_deref(), json).await,
            Command::Backtest { rules, from, to, json } => {
                commands::backtest::run(cli.config.as_deref(), &rules, from, to, json).await
            }
            Command::Import(Import::Companies { list }) => {
                commands::import::companies(cli.config.as_deref(), &list.order()).await
            }
            Command::Import(Import::Postcodes { list }) => {
                commands::import::postcodes(cli.config.as_deref(), &list.order()).await
            }
            Command::Tick => commands::once::tick(cli.config.as_deref()).await,
            Command::Deliver => commands::once::deliver(cli.config.as_deref()).await,
            Command::CopyTo { to } => commands::moving::copy_to(cli.config.as_deref(), &to),
            Command::Backup { to } => commands::moving::backup(cli.config.as_deref(), &to),
            Command::Migrate => commands::setup::migrate(cli.config.as_deref()),
            Command::CheckConfig => commands::setup::check_config(cli.config.as_deref()),
            Command::CheckData => commands::check_data::run(cli.config.as_deref()).await,
            Command::VerifyLog { since } => commands::verify_log::run(cli.config.as_deref(), since.as_deref()).await,
            Command::Extract { citizen, account, to } => {
                commands::extract::run(cli.config.as_deref(), &citizen, &account, &to).await
            }
            Command::RotateKeys => commands::rotate_keys::run(cli.config.as_deref()).await,
            Command::Erase => commands::erase::run(cli.config.as_deref()).await,
            Command::Administrator { municipality, email } => {
                commands::setup::administrator(cli.config.as_deref(), &municipality, &email).await
            }
        }
    });
    telemetry.shutdown();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => fail(why.as_ref()),
    }
}

/// Starts log and traces. Settings that cannot be read are reported by the command that needs them.
fn start_telemetry(cli: &Cli) -> commands::CommandResult<telemetry::Telemetry> {
    let settings = match cli.command {
        Command::Demo { .. } | Command::Replay { .. } => Settings::base()?,
        _ => Settings::load(cli.config.as_deref()).or_else(|_| Settings::base())?,
    };
    Ok(telemetry::init(settings.log, &settings.otlp)?)
}

fn fail(why: &dyn std::error::Error) -> ExitCode {
    eprintln!("rettematch: {why}");
    ExitCode::FAILURE
}
