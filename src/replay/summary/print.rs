//! Prints a summary as two tables: by role, and by what was told.

use crate::{
    domain::values::day::danish,
    replay::summary::counted::{LoadRow, Summary},
};

/// A summary as tables, in Markdown.
pub fn print_summary(summary: &Summary) -> String {
    let mut text = format!(
        "Fra {} til {}: i gennemsnit {} praktikker i gang, højst {}.\n\n",
        danish(summary.from),
        danish(summary.to),
        figure(summary.running_on_average),
        summary.running_at_most
    );
    text.push_str(
        "| modtager | personer | mails | højst på en dag | dage med over to | på fridage | linjer | linjer pr. person og uge |\n",
    );
    text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for role in &summary.roles {
        let cells = [
            role.role.label().da,
            role.persons.to_string(),
            role.mails.to_string(),
            role.most_mails_on_one_day.to_string(),
            role.days_with_more_than_two.to_string(),
            role.mails_on_days_off.to_string(),
            role.lines.to_string(),
            figure(role.lines_per_person_and_week),
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text.push_str("\n| modtager | regel eller brev | niveau | linjer | mails |\n|---|---|---|--:|--:|\n");
    for row in &summary.rows {
        text.push_str(&line(row));
    }
    if !summary.refused.is_empty() {
        let each: Vec<String> = summary.refused.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        text.push_str(&format!("\nAfvist eller spurgt undervejs: {}.\n", each.join(", ")));
    }
    text
}

fn line(row: &LoadRow) -> String {
    let level = row.level.map_or_else(|| "–".to_owned(), |level| level.label().da);
    format!("| {} | {} | {level} | {} | {} |\n", row.role.label().da, row.said, row.lines, row.mails)
}

/// A figure with one decimal, as it is written in Danish.
fn figure(figure: f64) -> String {
    format!("{figure:.1}").replace('.', ",")
}
