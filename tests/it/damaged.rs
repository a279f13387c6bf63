//! A page of SQLite's file that is damaged on the disk: it is told, nothing more is written, and what can be read is read.

use crate::harness::{House, Service, json};
use rettematch::app::App;
use std::{
    fs::{self, OpenOptions},
    io::{Seek, SeekFrom, Write},
};

#[tokio::test]
async fn a_damaged_page_stops_writing_and_is_told_and_reading_goes_on() {
    let house = House::open().await;
    let Some(path) = house.database_url().strip_prefix("sqlite:") else { return };
    let company = house.company().await;
    house.database().run("PRAGMA wal_checkpoint(TRUNCATE)");
    let (page, size): (u64, u64) = (
        house.text("SELECT CAST(rootpage AS TEXT) AS text FROM sqlite_master WHERE name = 'contacts'").parse().unwrap(),
        house.text("SELECT CAST(page_size AS TEXT) AS text FROM pragma_page_size").parse().unwrap(),
    );
    let copy = house.folder.path().join("damaged.db");
    fs::copy(path, &copy).unwrap();
    let mut settings = house.app.services.settings.clone();
    settings.database = format!("sqlite:{}", copy.display());
    let service = Service::of(App::open(settings).unwrap());
    // The page is damaged while the service runs; none of its readers has it yet.
    let mut file = OpenOptions::new().write(true).open(&copy).unwrap();
    file.seek(SeekFrom::Start((page - 1) * size)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(size).unwrap()]).unwrap();
    drop(file);
    let (liaison, administrator) = (house.here.liaison.at(&service.base), house.here.administrator.at(&service.base));
    administrator.get("/health/ready").await.ok();
    let met = liaison.get(&format!("/contacts/{}", company.contact)).await;
    let told = met.problem(503, "unavailable");
    assert_eq!(told["code"], "database-damaged");
    assert!(told["detail"].as_str().unwrap().contains("backup"), "{told}");
    let body = json!({"email": "ny@101.example", "name": "Ny", "role": "liaison"});
    assert_eq!(administrator.post("/accounts", body).await.problem(503, "unavailable")["code"], "database-damaged");
    assert_eq!(administrator.get("/health/ready").await.problem(503, "unavailable")["code"], "database-damaged");
    administrator.get("/health/live").await.ok();
    liaison.get(&format!("/companies/{}", company.id)).await.ok();
    // A start that meets the damage says what to do.
    let mut settings = house.app.services.settings.clone();
    settings.database = format!("sqlite:{}", copy.display());
    let refused = App::open(settings).err().expect("it starts on a damaged file").to_string();
    assert!(refused.contains("restore the last backup"), "{refused}");
}
