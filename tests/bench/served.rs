//! The servers that are measured, each a process of its own on a port of its own: RetteMatch itself; (a) a handler of actix-web
//! that answers the same bytes and knows no database; (c) the same resource in Django REST framework under gunicorn.

use crate::{
    history::TOKEN,
    place::{Place, today},
};
use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    http::{Method, header},
    web,
};
use std::{
    io::{BufRead, BufReader, Read},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Where (a) finds what it is to answer; set for that process alone.
const BARE: &str = "RETTEMATCH_BENCH_BARE";
/// The programs of the environment that Django is installed in.
const DJANGO: &str = "RETTEMATCH_BENCH_DJANGO";

pub struct Served {
    child: Child,
    /// Host and port.
    pub address: String,
    pub authorization: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // gunicorn ends its workers when it is asked, and leaves them when it is killed.
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if !asked.is_ok_and(|asked| asked.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Served {
    /// RetteMatch with its usual settings, but for the schedule, which has a time of its own, and the clock, which stands still.
    pub fn ours(place: &Place) -> Self {
        let settings = &place.app.services.settings;
        let mut program = Command::new(env!("CARGO_BIN_EXE_rettematch"));
        program.arg("serve").env("RETTEMATCH__DATABASE", &settings.database).env("RETTEMATCH__KEY_FILE", &settings.key_file);
        program.env("RETTEMATCH__MAIL__FOLDER", &settings.mail.folder).env("RETTEMATCH__CLOCK", &settings.clock);
        program.env("RETTEMATCH__LISTEN", "127.0.0.1:0").env("RETTEMATCH__SCHEDULE__ENABLED", "false");
        program.env("RETTEMATCH__LETTERS__ON_DAYS_OFF", "true");
        let log = std::fs::File::create(place.folder.path().join("log")).unwrap();
        Self::telling(program.stderr(log))
    }

    /// (a), this program once more.
    pub fn bare(folder: &Path) -> Self {
        Self::telling(Command::new(std::env::current_exe().unwrap()).env(BARE, folder))
    }

    /// One that prints where it listens.
    fn telling(program: &mut Command) -> Self {
        let mut child = program.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("listening on ") {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
        }
        let address = line.trim_start_matches("listening on http://").split([',', '\n']).next().unwrap().to_owned();
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self { child, address, authorization: format!("Bearer {TOKEN}") }
    }

    /// (c): gunicorn with its usual workers, twice the cores and one.
    pub fn django(django: &Django) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut program = django.program("gunicorn");
        program.args(["--workers", &(2 * cores + 1).to_string(), "--bind", &free.to_string(), "--log-level", "warning"]);
        let child = program.arg("service.wsgi").spawn().unwrap();
        let served = Self { child, address: free.to_string(), authorization: format!("Token {DJANGO_KEY}") };
        for _ in 0..200 {
            if TcpStream::connect(free).is_ok() {
                return served;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("gunicorn does not listen");
    }

    /// Memory of the process and its children, in MB: what they share is counted once (the kernel's Pss).
    pub fn memory(&self) -> f64 {
        let own = self.child.id();
        let stat = |process: &str| std::fs::read_to_string(format!("/proc/{process}/stat")).ok();
        let parent = |stat: String| stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<u32>().ok();
        let all = std::fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let family = all.filter(|process| *process == own.to_string() || stat(process).and_then(parent) == Some(own));
        family.map(|process| pss(&process)).sum()
    }
}

fn pss(process: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1000.0
}

/// What (a) answers.
pub const ANSWERS: [&str; 4] = ["read", "list", "book", "confirm"];

/// Serves (a) where this process is to, until it is ended.
pub fn serve_bare_if_asked() -> bool {
    let Some(folder) = std::env::var_os(BARE).map(PathBuf::from) else { return false };
    let bodies = ANSWERS.map(|name| web::Bytes::from(std::fs::read(folder.join(name)).unwrap()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("listening on http://{}", listener.local_addr().unwrap());
    let served = async move {
        // As many workers as ours has.
        let make = move || App::new().app_data(web::Data::new(bodies.clone())).default_service(web::to(bare));
        HttpServer::new(make).workers(2).listen(listener).unwrap().run().await
    };
    actix_web::rt::System::new().block_on(served).unwrap();
    true
}

async fn bare(request: HttpRequest, bodies: web::Data<[web::Bytes; 4]>, _sent: web::Bytes) -> HttpResponse {
    let which = match (request.method() == Method::POST, request.path()) {
        (true, path) if path.ends_with("/confirmations") => 3,
        (true, _) => 2,
        (false, path) if path.ends_with("/internships") => 1,
        (false, _) => 0,
    };
    let mut answer = if which == 2 { HttpResponse::Created() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, "\"1-0123456789abcdef\"")).insert_header((header::CACHE_CONTROL, "no-store"));
    answer.content_type("application/json").body(bodies[which].clone())
}

const DJANGO_KEY: &str = "0123456789abcdef0123456789abcdef01234567";

/// The Django project, beside ours in the same PostgreSQL database.
pub struct Django {
    programs: PathBuf,
    database: String,
    advice: PathBuf,
}

impl Django {
    /// Its tables, filled with the same rows; nothing where Django is not installed. `advice` is a file with what ours advises.
    pub fn fill(database: &str, advice: PathBuf) -> Option<Self> {
        let programs = PathBuf::from(std::env::var_os(DJANGO)?);
        let django = Self { programs, database: database.to_owned(), advice };
        run(database, "CREATE SCHEMA django");
        let mut migrate = django.program("python");
        let migrated = migrate.args(["-m", "django", "migrate", "--verbosity", "0"]).status().unwrap();
        assert!(migrated.success());
        run(database, &copied());
        Some(django)
    }

    fn program(&self, name: &str) -> Command {
        let mut program = Command::new(self.programs.join(name));
        program.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/django"));
        program.env("DJANGO_SETTINGS_MODULE", "service.settings").env("PYTHONDONTWRITEBYTECODE", "1");
        program.env("RETTEMATCH_BENCH_DATABASE", &self.database).env("RETTEMATCH_BENCH_ADVICE", &self.advice);
        program.env("RETTEMATCH_BENCH_TODAY", today().to_string());
        program
    }
}

fn run(database: &str, sql: &str) {
    use diesel::{Connection, connection::SimpleConnection};
    diesel::PgConnection::establish(database).unwrap().batch_execute(sql).unwrap();
}

/// Copies our rows into Django's tables, the terms unsealed.
fn copied() -> String {
    format!(
        "SET session_replication_role = replica;
        INSERT INTO django.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
            VALUES (1, '!', false, 'jonas', 'Jonas', '', '', false, true, now());
        INSERT INTO django.authtoken_token (key, created, user_id) VALUES ('{DJANGO_KEY}', now(), 1);
        INSERT INTO django.practice_company (id, cvr, name) SELECT id::uuid, cvr, name FROM public.companies;
        INSERT INTO django.practice_workplace (id, company_id, p_number, name, foresees_vacancy)
            SELECT id::uuid, company_id::uuid, p_number, name, foresees_vacancy FROM public.workplaces;
        INSERT INTO django.practice_citizen (id, reference, name, email, target_group)
            SELECT id::uuid, reference, name, email, target_group FROM public.citizens;
        INSERT INTO django.practice_internship (id, reference, citizen_id, workplace_id, booked_on, booked_by_id, road, new_function,
                none_needed_on, started_on, last_day, ending, end_recorded_on, cancelled_on, next_step, revision)
            SELECT id::uuid, reference, citizen_id::uuid, workplace_id::uuid, booked_on, 1, road, new_function,
                none_needed_on, started_on, last_day, ending, end_recorded_on, cancelled_on, next_step, revision
            FROM public.internships;
        INSERT INTO django.practice_version (internship_id, number, terms, hash, cause, made_on)
            SELECT v.internship_id::uuid, v.number, jsonb_build_object(
                'purpose', jsonb_build_object('kind', 'clarification', 'questions', jsonb_build_array('Kan jeg klare tempoet?')),
                'occupation', 'shop', 'tasks', jsonb_build_array(),
                'place', jsonb_build_object('workplace', w.id, 'company', w.company_id, 'p_number', w.p_number, 'name', w.name),
                'period', jsonb_build_object('first', d.first, 'last', d.first + 59),
                'hours', jsonb_build_array(jsonb_build_object('from', d.first, 'weekly_hours', 20)),
                'decision_on', NULL, 'accommodations', 'none_needed'), v.hash, v.cause, v.made_on
            FROM public.versions v JOIN public.internships i ON i.id = v.internship_id
                JOIN public.workplaces w ON w.id = i.workplace_id
                CROSS JOIN LATERAL (SELECT coalesce(i.started_on, DATE '{today}' + 14) AS first) d
            ORDER BY v.internship_id;
        INSERT INTO django.practice_confirmation (version_id, party, via, recorded_by_id, confirmed_on)
            SELECT v.id, c.party, c.via, 1, c.confirmed_on FROM public.confirmations c
                JOIN django.practice_version v ON v.internship_id = c.internship_id::uuid AND v.number = c.number;
        INSERT INTO django.practice_outcome (id, internship_id, workplace_id, citizen_id, step, first_day, recorded_on)
            SELECT id::uuid, internship_id::uuid, workplace_id::uuid, citizen_id::uuid, step, first_day, recorded_on
            FROM public.outcomes;",
        today = today()
    )
}
