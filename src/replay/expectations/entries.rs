//! What stands in the database as entries of the diary.

use crate::{
    domain::{
        rules::flags::{self, Audience, FlagEventKind, Level, Subject},
        values::localized::localized,
    },
    replay::{
        diary::{DiaryEntry, EntryKind},
        expectations::{
            facts::{CaseFacts, RaisedFlag},
            sent_link::SentLink,
        },
        phrases::{about_whom, either, in_both, roles},
        stage::Stage,
    },
    store::schema::{FlagEventRow, LetterRow},
};
use chrono::NaiveDate;

/// When a level was told, why in both languages, and to whom.
type ToldStep = (NaiveDate, Level, (&'static str, &'static str), Vec<Audience>);

impl CaseFacts {
    /// The entries of flags, of who was told, and of letters that no flag tells.
    pub fn entries(&self, scene: &Stage) -> Vec<DiaryEntry> {
        let raised = self.flags.iter().flat_map(|flag| flag.history.iter().filter_map(|event| self.flagged(scene, flag, event)));
        let told = self.flags.iter().flat_map(|flag| self.told(scene, flag));
        let mut entries: Vec<DiaryEntry> = raised.chain(told).chain(self.posted(scene)).collect();
        // Ids of one second have no order of their own: the same file is to give the same diary.
        entries.sort_by(|one, other| {
            let key = |entry: &DiaryEntry| (entry.on, entry.what, entry.rule.clone(), entry.about.clone(), entry.text.da.clone());
            key(one).cmp(&key(other))
        });
        entries
    }

    /// The links of the letters that were sent.
    pub fn links(&self) -> Vec<SentLink> {
        let sent = self.letters.iter().filter(|letter| letter.sent_at.is_some());
        sent.filter_map(|letter| Some(SentLink { to: letter.audience, link: letter.link_id.clone()? })).collect()
    }

    fn flagged(&self, scene: &Stage, flag: &RaisedFlag, event: &FlagEventRow) -> Option<DiaryEntry> {
        // Who acknowledged or snoozed it is an event of the case.
        let what = match event.what {
            FlagEventKind::Raised => EntryKind::Flagged,
            FlagEventKind::Rose => EntryKind::Rose,
            FlagEventKind::Cleared => EntryKind::Cleared,
            FlagEventKind::Closed | FlagEventKind::Seen => EntryKind::Closed,
            FlagEventKind::Unanswered => EntryKind::Unanswered,
            FlagEventKind::Acknowledged | FlagEventKind::Snoozed => return None,
        };
        let about = scene.about(&flag.row.subject, &self.outcomes);
        let rule = flags::rule(flag.row.rule);
        let level = event.level;
        let text = in_both(|lang| {
            let about = about_whom(lang, scene, &about);
            match (what, rule) {
                (EntryKind::Flagged | EntryKind::Rose, Some(rule)) => {
                    let (level, words) = (level.label(), rule.words().what);
                    let reference = rule.reference(&scene.services.book, event.happened_on);
                    let named = either(lang, "Regel", "Rule");
                    format!("({}), {about}: {} {named} {}, {reference}", level.lang(lang), words.lang(lang), rule.id)
                }
                _ => format!("{about}, {}", flag.row.rule),
            }
        });
        Some(self.marked(scene, flag, DiaryEntry::new(event.happened_on, what, text), level))
    }

    fn marked(&self, scene: &Stage, flag: &RaisedFlag, mut entry: DiaryEntry, level: Level) -> DiaryEntry {
        entry.about = Some(scene.about(&flag.row.subject, &self.outcomes));
        entry.rule = Some(flag.row.rule.to_string());
        entry.level = Some(level);
        entry
    }

    /// One entry for all who were told the same.
    fn told(&self, scene: &Stage, flag: &RaisedFlag) -> Vec<DiaryEntry> {
        let mut steps: Vec<ToldStep> = Vec::new();
        for row in &flag.told {
            let (level, audience) = (row.level, row.audience);
            let why = match row.what.as_str() {
                "unanswered" => (" (datoen blev ændret uden svar)", " (the date was changed without an answer)"),
                "more-time" => (" (virksomheden beder om mere tid)", " (the company asks for more time)"),
                _ => ("", ""),
            };
            match steps.iter_mut().find(|(on, own, same, _)| *on == row.told_on && *own == level && *same == why) {
                Some((.., to)) if to.contains(&audience) => {}
                Some((.., to)) => to.push(audience),
                None => steps.push((row.told_on, level, why, vec![audience])),
            }
        }
        let about = scene.about(&flag.row.subject, &self.outcomes);
        steps
            .into_iter()
            .map(|(on, level, why, mut to)| {
                to.sort();
                let text = in_both(|lang| {
                    let (to, about, level) = (roles(lang, &to), about_whom(lang, scene, &about), level.label());
                    format!("{to}: {about}, {}, {}{}", flag.row.rule, level.lang(lang), either(lang, why.0, why.1))
                });
                let mut entry = self.marked(scene, flag, DiaryEntry::new(on, EntryKind::Told, text), level);
                entry.to = to;
                entry
            })
            .collect()
    }

    fn posted(&self, scene: &Stage) -> Vec<DiaryEntry> {
        let entry = |letter: &LetterRow| {
            let (sent, to) = (letter.sent_at?, letter.audience);
            let internship = self.references.iter().find(|(own, _)| Some(own) == letter.case_reference.as_ref());
            let about = internship.map(|(_, id)| scene.about(&Subject::Internship(id.clone()).key(), &self.outcomes));
            // Danish stands first; the reference is another at each replay, the file's name is not.
            let subject = letter.text(&scene.services.keys).ok()?.subject;
            let (da, en) = subject.split_once(" / ").unwrap_or((&subject, &subject));
            let named = about.as_ref().map(|name| format!("»{name}«")).zip(letter.case_reference.as_ref());
            let plain = |subject: &str| {
                named.as_ref().map_or_else(|| subject.to_owned(), |(name, reference)| subject.replace(*reference, name))
            };
            let to_whom = to.label();
            let mut entry = DiaryEntry::new(
                crate::domain::values::copenhagen::at(sent.and_utc()).today,
                EntryKind::Sent,
                localized(format!("{}: {}", to_whom.da, plain(da)), format!("{}: {}", to_whom.en, plain(en))),
            );
            entry.about = about;
            entry.rule = Some(letter.kind.to_string());
            entry.to = vec![to];
            Some(entry)
        };
        self.letters.iter().filter_map(entry).collect()
    }
}
