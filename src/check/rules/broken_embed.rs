//! A live block cannot be drawn.

use std::collections::BTreeSet;

use crate::check::{Check, Context};
use crate::derive::run::series::series_of;
use crate::diagnostic::{Diagnostic, Level, Rule, did_you_mean};
use crate::model::Site;
use crate::model::body::Embed;
use crate::model::embed::EmbedSource;
use crate::record::reference::{Kind, Pointer, References};

static RULE: Rule = Rule {
    name: "broken-embed",
    level: Level::Error,
    what: "A live block in a page names a release, run, series, product or environment that does not exist, or \
           names nothing to show.",
    why: "Readers would find a notice where the table should be.",
    example: "```results\nrun: sit-03\n```",
};

pub const CHECK: Check = Check { rule: &RULE, find };

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let articles = context.site.documents.iter().flat_map(|document| document.texts.iter());
    articles.flat_map(|article| &article.body.embeds).flat_map(|embed| faults(context.site, embed)).collect()
}

fn faults(site: &Site, embed: &Embed) -> Vec<Diagnostic> {
    let Some(source) = &embed.asks else { return Vec::new() };
    let mut faults = Vec::new();
    source.references(&mut |pointer| faults.extend(unknown(site, pointer)));
    match source {
        EmbedSource::Trend(trend)
            if !site.runs.iter().any(|run| series_of(site, run) == trend.series.value) =>
        {
            let series: BTreeSet<String> = site.runs.iter().map(|run| series_of(site, run)).collect();
            let hint = did_you_mean(&trend.series.value, series.iter().map(String::as_str));
            let message = format!("unknown series `{}`", trend.series.value);
            faults.push(Diagnostic::new(&RULE, trend.series.place, message).maybe_hint(hint));
        }
        EmbedSource::Schedule(schedule) if schedule.release.is_none() && schedule.product.is_none() => {
            let fault =
                Diagnostic::new(&RULE, embed.place, "the schedule names neither a release nor a product");
            faults.push(fault.hint("write `release: 2026.10` or `product: benefits`"));
        }
        _ => {}
    }
    faults
}

/// The fault of a reference that leads nowhere.
fn unknown(site: &Site, pointer: &Pointer) -> Option<Diagnostic> {
    let id = pointer.id.as_str();
    let (noun, is_known, hint) = match pointer.kind {
        Kind::Release => ("release", site.releases.is_known(id), did_you_mean(id, site.releases.ids())),
        Kind::Run => ("run", site.runs.is_known(id), did_you_mean(id, site.runs.ids())),
        Kind::Environment => {
            ("environment", site.environments.is_known(id), did_you_mean(id, site.environments.ids()))
        }
        Kind::Product => {
            let products = &site.portal.products;
            ("product", products.get(id).is_some(), did_you_mean(id, products.keys()))
        }
        _ => return None,
    };
    let fault = || Diagnostic::new(&RULE, pointer.place, format!("unknown {noun} `{id}`")).maybe_hint(hint);
    // Of what the audience may not see `narrower-link` tells.
    (!is_known && site.unseen.record(pointer.kind, id).is_none()).then(fault)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{messages_of, tree};

    /// The faults of a page with the live block `block` in a portal that has one release and one run.
    fn faults_of(block: &str) -> Vec<String> {
        let page = format!("# A page\n\n{block}");
        let files = [
            ("releases/2026.10.yaml", "product: benefits\ncontents: []\nschedule: {}\n"),
            (
                "runs/2026.10/sit-03.yaml",
                "release: 2026.10\nenvironment: preprod\nstarted: 2026-10-12\nseries: benefits-sit\n",
            ),
            ("portal.yaml", "title: Portal\nproducts: {benefits: {title: Benefits}}\n"),
            ("page.md", page.as_str()),
        ];
        messages_of("broken-embed", &tree(&files))
    }

    #[test]
    fn what_is_there_is_found() {
        for block in [
            "```results\nrun: 2026.10/sit-03\n```\n",
            "```schedule\nproduct: benefits\ndays: 30\n```\n",
            "```trend\nseries: benefits-sit\n```\n",
            "```environments\n```\n",
        ] {
            assert_eq!(faults_of(block), Vec::<String>::new(), "{block}");
        }
    }

    #[test]
    fn what_is_not_there_is_named() {
        assert_eq!(faults_of("```results\nrun: sit-03\n```\n"), ["unknown run `sit-03`"]);
        assert_eq!(faults_of("```trend\nseries: benefits-uat\n```\n"), ["unknown series `benefits-uat`"]);
        assert_eq!(faults_of("```gate\nrelease: 2026.11\n```\n"), ["unknown release `2026.11`"]);
        assert_eq!(
            faults_of("```schedule\ndays: 3\n```\n"),
            ["the schedule names neither a release nor a product"]
        );
    }
}
