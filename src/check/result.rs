//! How messages name a result.

use crate::model::run::CaseResult;
use crate::record::reference::Ref;

/// `` `BEN-142` ``, or the title of a case without an id.
pub fn name(result: &CaseResult) -> String {
    let title = || result.title.as_ref().and_then(|title| title.all().next()).map(str::trim);
    let id = result.case.as_ref().map(Ref::id);
    id.or_else(title)
        .filter(|name| !name.is_empty())
        .map_or_else(|| "a case".to_owned(), |name| format!("`{name}`"))
}
