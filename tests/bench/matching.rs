//! What a match costs: the twenty best of 300,000 workplaces with 100,000 openings for a citizen in each of four places, beside
//! (a) one statement that scores every opening and workplace and sorts, (b) a workplace found by its P-number, (c) the bare
//! reading of the very rows that the match read. And the same in a country of which only what lies near is left: the cost is to
//! grow with what is near by, not with the country.
//!
//! `cargo bench --bench matching` (SQLite), and with RETTEMATCH_TEST_POSTGRES=postgres://… on a PostgreSQL of one's own too (a
//! database named rettematch_matching_… is made and dropped); `-- 30000` makes a smaller country.

#[allow(dead_code)]
mod country;
mod furnish;
#[allow(dead_code)]
mod place;
#[allow(dead_code)]
mod rows;

use diesel::{
    QueryableByName, RunQueryDsl,
    connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation},
    sql_types::{Double, Text},
};
use furnish::{GOALS, HOMES, HOURS, NEEDS, RULED_OUT};
use place::{HERE, Place, at, here, today};
use rettematch::{
    actions::ActionError,
    app::App,
    context::{Account, Context},
    domain::{
        matching::Standing,
        people::tenant::Tenant,
        rules::rulebook::Figures,
        values::{
            geo::{Point, degrees},
            ids::CitizenId,
            vocabulary::{Nearness, Term, TermKind, built_in, nearness, occupations_in},
        },
    },
    store::{
        Conn, StoreError, Tx,
        matching::{self as near, Named},
        trade_counts,
    },
    views::matching,
};
use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

const CALLS: usize = 300;
/// The statement over every row is slow: so few calls.
const SLOW_CALLS: usize = 7;
const LIMIT: usize = 20;
/// What lies so near the homes on the land is kept in the small country: a little more than anybody's reach.
const KEPT_KM: f64 = 42.0;

fn main() {
    set_default_instrumentation(|| Some(Box::new(Watch))).unwrap();
    println!("{CALLS} calls each ({SLOW_CALLS} of (a)), median; the {LIMIT} best\n");
    for (engine, server) in place::engines() {
        actix_web::rt::System::new().block_on(measure(engine, server.as_deref(), place::size()));
    }
}

async fn measure(engine: &str, server: Option<&str>, size: usize) {
    let whole = Place::open(server, "matching");
    let by = whole.account().await;
    let country = furnish::fill(&whole.app, &by, country::country(size)).await;
    counted(&whole.app).await;
    whole.settle().await;
    println!("{engine}: {} workplaces, {} openings\n", country.workplaces, country.openings);
    println!(
        "| citizen in | looked at | match, ms (p99) | memory, MB | (a) every row, ms | (a) / match | same {LIMIT} | (b) lookup, ms | match / (b) | (c) rows alone, ms | match / (c) |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    let mut in_whole = Vec::new();
    for ((name, home), citizen) in HOMES.iter().zip(&country.citizens) {
        let (found, matched, memory) = matches(&whole.app, &by, citizen).await;
        let reads = reads_of(&whole.app, &by, citizen).await;
        let (text, own) = (every_row(&whole.app, server.is_some(), *home), country.some_p_number.clone());
        let (_, lookup) = time(&whole.app, CALLS, {
            let tenant = here();
            move |conn| looked_up(conn, &tenant, &own)
        })
        .await;
        let (_, alone) = time(&whole.app, CALLS, move |conn| reads.iter().try_for_each(|read| read.again(conn))).await;
        let (rows, all) = time(&whole.app, SLOW_CALLS, move |conn| scored(conn, &text)).await;
        let same = rows.iter().filter(|row| found.ids.contains(&row.id)).count();
        println!(
            "| {name} | {} | {:.1} ({:.1}) | {memory:.1} | {:.0} | {:.1} | {same} | {:.3} | {:.0} | {:.1} | {:.1} |",
            found.looked_at,
            matched.median,
            matched.p99,
            all.median,
            all.median / matched.median,
            lookup.median,
            matched.median / lookup.median,
            alone.median,
            matched.median / alone.median,
        );
        in_whole.push((found.looked_at, matched));
    }
    whole.close();

    let rural = &HOMES[1..];
    let is_near = |unit: &country::Unit| rural.iter().any(|(_, home)| unit.point.is_some_and(|at| home.km_to(at) <= KEPT_KM));
    let small = Place::open(server, "matching_small");
    let by = small.account().await;
    let country = furnish::fill(&small.app, &by, country::country(size).filter(is_near)).await;
    counted(&small.app).await;
    small.settle().await;
    println!("\n{engine}: of {size} workplaces {} left\n", country.workplaces);
    println!("| citizen in | looked at: of {0}, of {size} | match, ms: of {0}, of {size} | ratio |", country.workplaces);
    println!("|---|---|---|---|");
    for (index, (name, _)) in HOMES.iter().enumerate().skip(1) {
        let (found, matched, _) = matches(&small.app, &by, &country.citizens[index]).await;
        let (looked_at, before) = &in_whole[index];
        println!(
            "| {name} | {}, {looked_at} | {:.1}, {:.1} | {:.2} |",
            found.looked_at,
            matched.median,
            before.median,
            before.median / matched.median,
        );
    }
    println!();
    small.close();
}

struct Spread {
    median: f64,
    p99: f64,
}

/// Times real work, so it reads the real clock.
#[allow(clippy::disallowed_methods)]
async fn time<T: Send + 'static>(
    app: &App,
    calls: usize,
    read: impl Fn(&mut Conn) -> Result<T, ActionError> + Clone + Send + 'static,
) -> (T, Spread) {
    let (mut last, mut figures) = (None, Vec::new());
    for _ in 0..calls {
        let begun = Instant::now();
        last = Some(app.db.read(read.clone()).await.unwrap());
        figures.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    figures.sort_by(f64::total_cmp);
    (last.unwrap(), Spread { median: figures[calls / 2], p99: figures[calls * 99 / 100] })
}

/// What a match brought.
struct Found {
    /// Of openings, or of workplaces without one.
    ids: Vec<String>,
    looked_at: usize,
}

fn matched(
    app: &App,
    by: &Account,
    citizen: &CitizenId,
) -> impl Fn(&mut Conn) -> Result<Found, ActionError> + Clone + Send + 'static {
    let (services, by, citizen) = (app.services.clone(), by.clone(), citizen.clone());
    move |conn| {
        let context = Context::of(&services, &by, at());
        let found = matching::for_citizen(conn, &context, &citizen, LIMIT)?;
        let id = |one: &matching::Match| one.opening.as_ref().map_or(one.workplace.as_str(), |id| id.as_str()).to_owned();
        Ok(Found { ids: found.items.iter().map(id).collect(), looked_at: found.looked_at })
    }
}

/// The match, its times, and how much memory it took over the idle program at its peak.
async fn matches(app: &App, by: &Account, citizen: &CitizenId) -> (Found, Spread, f64) {
    let call = matched(app, by, citizen);
    // Once before, so that statements are prepared and pages read, as in a program that runs.
    time(app, 5, call.clone()).await;
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let idle = of_status("VmRSS:");
    let (found, spread) = time(app, CALLS, call).await;
    (found, spread, (of_status("VmHWM:") - idle).max(0.0))
}

/// What the schedule does once a day.
async fn counted(app: &App) {
    let figures = app.services.book.on(today()).clone();
    let here = here();
    app.db.write(move |tx: &mut Tx| trade_counts::count(tx, &here, today(), &figures)).await.unwrap();
}

/// In MB.
fn of_status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
}

/// (b): one row, by an index.
fn looked_up(conn: &mut Conn, tenant: &Tenant, p_number: &str) -> Result<(), ActionError> {
    use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
    use rettematch::store::schema::{WorkplaceRow, workplaces};
    let own = workplaces::own(tenant).filter(workplaces::p_number.eq(p_number));
    let found: Option<WorkplaceRow> = own.first(conn).optional().map_err(StoreError::from)?;
    found.map(|_| ()).ok_or(ActionError::NotFound)
}

// (c): the rows alone.

/// One reading of candidates, as the match asked for it.
#[derive(Clone)]
enum Read {
    Openings(Vec<Standing>, Named, Vec<i32>),
    Workplaces(Vec<Standing>, Named, Vec<i32>),
}

/// What has been read, while somebody listens.
static HEARD: Mutex<Option<Vec<Read>>> = Mutex::new(None);

/// Hears every statement. The readings of candidates are told by their columns, and what they ask for by the values bound.
struct Watch;

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let InstrumentationEvent::StartQuery { query, .. } = event else { return };
        if let Some(heard) = HEARD.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            heard.extend(Read::of(&query.to_string()));
        }
    }
}

impl Read {
    fn of(statement: &str) -> Option<Self> {
        let (text, values) = statement.split_once(" -- binds: ")?;
        let text = text.replace(['`', '"'], "");
        let values: Vec<&str> = values.split(['[', ']', ',']).map(str::trim).filter(|value| !value.is_empty()).collect();
        let words = values.iter().filter_map(|value| value.strip_prefix('"')?.strip_suffix('"'));
        // The first is the municipality.
        let words = words.skip(1).map(str::to_owned).collect();
        // No square's number is as small as a standing's.
        let numbers: Vec<i32> = values.iter().filter_map(|value| value.parse().ok()).collect();
        let standing: Vec<Standing> = numbers.iter().filter_map(|code| Standing::parse(*code)).collect();
        let cells = numbers.into_iter().filter(|number| Standing::parse(*number).is_none()).collect();
        let all_but = text.contains("NOT IN") || text.contains("!= ALL");
        let named = if all_but { Named::AllBut(words) } else { Named::Of(words) };
        if text.starts_with("SELECT openings.id, openings.standing, openings.occupation") {
            Some(Self::Openings(standing, named, cells))
        } else if text.starts_with("SELECT workplaces.id, workplaces.standing, workplaces.industry") {
            Some(Self::Workplaces(standing, named, cells))
        } else {
            None
        }
    }

    fn again(&self, conn: &mut Conn) -> Result<(), ActionError> {
        let here = here();
        match self {
            Self::Openings(standing, occupations, cells) => {
                drop(near::openings(conn, &here, standing, occupations, cells, today())?);
            }
            Self::Workplaces(standing, trades, cells) => drop(near::workplaces(conn, &here, standing, trades, cells)?),
        }
        Ok(())
    }
}

/// What a match reads of candidates.
async fn reads_of(app: &App, by: &Account, citizen: &CitizenId) -> Vec<Read> {
    let listen = |to: Option<Vec<Read>>| std::mem::replace(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner), to);
    listen(Some(Vec::new()));
    app.db.read(matched(app, by, citizen)).await.unwrap();
    let heard = listen(None).unwrap();
    assert!(!heard.is_empty());
    heard
}

// (a): every row scored and sorted.

#[derive(QueryableByName)]
struct Scored {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Double)]
    #[allow(dead_code)]
    points: f64,
}

fn scored(conn: &mut Conn, text: &str) -> Result<Vec<Scored>, ActionError> {
    let found = match conn {
        Conn::Sqlite(conn) => diesel::sql_query(text).load(conn),
        Conn::Postgres(conn) => diesel::sql_query(text).load(conn),
    };
    Ok(found.map_err(StoreError::from)?)
}

/// The same parts, as well as SQL can: what is sealed (earlier follow-ups) it cannot read, and what a booking would be asked it
/// does not ask.
fn every_row(app: &App, postgres: bool, home: Point) -> String {
    let figures = app.services.book.on(today());
    let quoted = |terms: &[&str]| terms.iter().map(|term| format!("'{term}'")).collect::<Vec<_>>().join(", ");
    let near_to_goals = |term: &Term| GOALS.iter().map(|goal| nearness(&Term::parse(goal).unwrap(), term)).min().unwrap();
    let occupations: Vec<(&str, Nearness)> =
        built_in(TermKind::Occupation).iter().map(|entry| (entry.key.as_str(), near_to_goals(&entry.key))).collect();
    let of_industry = |code: &str| occupations_in(code).into_iter().map(near_to_goals).min().unwrap_or(Nearness::None);
    let industries: Vec<(&str, Nearness)> = country::industries().map(|code| (code, of_industry(code))).collect();
    let goal = |column: &str, of: &[(&str, Nearness)], share: f64| {
        let [close, kindred] = figures.match_near_percent.shares();
        let when = [(Nearness::Same, 1.0), (Nearness::Near, close), (Nearness::Kindred, kindred)].map(|(near, part)| {
            let terms: Vec<&str> = of.iter().filter(|(_, own)| *own == near).map(|(term, _)| *term).collect();
            let points = number(f64::from(figures.match_weight_goal) * part * share);
            // PostgreSQL takes no empty list.
            if terms.is_empty() { String::new() } else { format!("WHEN {column} IN ({}) THEN {points}", quoted(&terms)) }
        });
        format!("CASE {} ELSE {} END", when.join(" "), number(0.0))
    };
    let given = NEEDS.map(|need| format!("CASE WHEN o.accommodations LIKE '%\"{need}\"%' THEN 1 ELSE 0 END")).join(" + ");
    let Figures { record_prior_internships: prior, record_prior_share_percent: share, .. } = figures;
    let [recorded, foreseen, not_asked, none] =
        figures.match_prospect_percent.shares().map(|part| number(f64::from(figures.match_weight_prospect) * part));
    let farthest = figures.match_farthest_km;
    format!(
        "WITH record AS (
            SELECT i.workplace_id, count(*) AS ended, count(h.id) AS hired
            FROM internships i LEFT JOIN outcomes h ON h.internship_id = i.id AND h.workplace_id = i.workplace_id
                AND h.step IN ('ordinary-full-time', 'ordinary-part-time', 'flex-job')
            WHERE i.municipality = '{HERE}' AND i.last_day <= '{today}' GROUP BY i.workplace_id),
        of_all AS (SELECT (sum(hired) + {prior_hired}) / (sum(ended) + {prior}) AS share FROM record),
        of_trade AS (
            SELECT w.trade, (sum(r.hired) + {prior} * max(a.share)) / (sum(r.ended) + {prior}) AS share
            FROM record r JOIN workplaces w ON w.id = r.workplace_id CROSS JOIN of_all a GROUP BY w.trade),
        touched AS (SELECT DISTINCT company_id FROM approaches WHERE municipality = '{HERE}' AND made_on >= '{since}'),
        offers AS (
            SELECT o.id, o.workplace_id, o.latitude, o.longitude, {goal_of_opening} AS goal, {given} AS given,
                p.id IS NOT NULL AS recorded, o.contact_id IS NOT NULL AS contact
            FROM openings o LEFT JOIN prospects p ON p.id = o.prospect_id AND p.withdrawn_on IS NULL
            WHERE o.municipality = '{HERE}' AND o.closed_on IS NULL AND o.expires_on >= '{today}'
                AND o.least_minutes <= {minutes} AND o.tasks NOT LIKE '%\"{RULED_OUT}\"%' AND o.languages NOT LIKE '%\"en\"%'
            UNION ALL
            SELECT w.id, w.id, w.latitude, w.longitude, {goal_of_workplace}, 0,
                EXISTS (SELECT 1 FROM prospects p WHERE p.workplace_id = w.id AND p.withdrawn_on IS NULL),
                EXISTS (SELECT 1 FROM contacts c WHERE c.workplace_id = w.id AND c.left_on IS NULL)
            FROM workplaces w
            WHERE w.municipality = '{HERE}' AND w.closed_on IS NULL AND NOT EXISTS (
                SELECT 1 FROM openings o WHERE o.municipality = w.municipality AND o.workplace_id = w.id AND o.closed_on IS NULL AND o.expires_on >= '{today}')),
        placed AS (SELECT offers.*, {km} AS km FROM offers)
        SELECT p.id, p.goal + p.given * {needed}
            + CASE WHEN p.recorded THEN {recorded} WHEN w.foresees_vacancy IS NULL THEN {not_asked}
                WHEN w.foresees_vacancy THEN {foreseen} ELSE {none} END
            + {weight_record} * (coalesce(r.hired, 0) + {prior} * coalesce(t.share, a.share)) / (coalesce(r.ended, 0) + {prior})
            + {weight_distance} * (1.0 - p.km / {farthest})
            + CASE WHEN p.contact THEN {half_social} ELSE {nothing} END
            + CASE WHEN x.company_id IS NULL THEN {nothing} ELSE {half_road} END AS points
        FROM placed p JOIN workplaces w ON w.id = p.workplace_id
            LEFT JOIN record r ON r.workplace_id = p.workplace_id
            LEFT JOIN of_trade t ON t.trade = w.trade
            LEFT JOIN touched x ON x.company_id = w.company_id CROSS JOIN of_all a
        WHERE p.km <= {farthest}
        ORDER BY points DESC, p.id LIMIT {LIMIT}",
        today = today(),
        since = rettematch::domain::values::day::months_back(today(), figures.match_in_touch_months),
        minutes = HOURS * 60,
        goal_of_opening = goal("o.occupation", &occupations, 1.0),
        goal_of_workplace = goal("w.industry", &industries, figures.match_by_industry_percent.shares()[0]),
        km = km(postgres, home),
        prior_hired = number(*prior as f64 * *share as f64 / 100.0),
        nothing = number(0.0),
        needed = number(f64::from(figures.match_weight_accommodations) / NEEDS.len() as f64),
        weight_record = number(f64::from(figures.match_weight_record)),
        weight_distance = number(f64::from(figures.match_weight_distance)),
        half_social = number(f64::from(figures.match_weight_social) / 2.0),
        half_road = number(f64::from(figures.match_weight_road) / 2.0),
    )
}

/// A figure that PostgreSQL does not reckon with in decimals, which is slow.
fn number(figure: f64) -> String {
    format!("CAST({figure} AS DOUBLE PRECISION)")
}

/// Kilometres from home in SQL. PostgreSQL knows sines and roots. The SQLite that is built in knows neither, so there the earth is
/// flat about the home and the root is drawn by a good guess and one step of Newton's (a thousandth off at most).
fn km(postgres: bool, home: Point) -> String {
    let (latitude, longitude) = (degrees(home.latitude), degrees(home.longitude));
    if postgres {
        let half = |column: &str, from: f64| format!("sin(radians({column} / 1e6 - {from}) / 2) ^ 2");
        return format!(
            "(2 * 6371.0088 * asin(sqrt({} + cos(radians({latitude})) * cos(radians(latitude / 1e6)) * {})))",
            half("latitude", latitude),
            half("longitude", longitude)
        );
    }
    let per_degree = 6371.0088 * std::f64::consts::PI / 180.0;
    let north = format!("abs((latitude / 1e6 - {latitude}) * {per_degree})");
    let east = format!("abs((longitude / 1e6 - {longitude}) * {})", per_degree * latitude.to_radians().cos());
    let guess = format!("(0.96 * max({north}, {east}) + 0.398 * min({north}, {east}) + 1e-9)");
    format!("(({guess} + ({north} * {north} + {east} * {east}) / {guess}) / 2)")
}
