//! Redaction of link workers: field-level access control per audience.
//!
//! Many link workers are volunteers who are called at home. The public sees the role, the area and the telephone of an
//! office, never a private name, a private telephone or a home address. Fax and e-mail stay internal as well: a volunteer's
//! fax is at home, and an e-mail address often contains the name. The import classifies each telephone as private or an
//! office's; this module checks once more that an entry without an office publishes none. This module does no I/O.

use super::PrivateNames;
use super::field_rule::{AccessColumn, FieldRule, TextRule};
use super::redactor::{RedactByRule as _, Redactor};
use super::sensitive_terms::SensitiveTerms;
use crate::model::{Audience, Contact, Layer, LinkWorker, Person};

/// Redacts `worker` for `audience`; `None` where the whole entry is hidden from it. `everyone` holds the private names of the
/// whole directory, because the remarks of one entry may name the person of another.
pub fn redact_link_worker(worker: &LinkWorker, audience: Audience, everyone: &PrivateNames) -> Option<LinkWorker> {
    if worker.audience > audience {
        return None;
    }
    let redactor = match audience {
        Audience::Staff => return Some(worker.clone()),
        Audience::LinkWorkers => Redactor::new(AccessColumn::LinkWorkers),
        Audience::Public => redactor_for_public(worker, everyone),
    };
    worker.redact(FieldRule::ByField, &redactor)
}

fn redactor_for_public<'a>(worker: &LinkWorker, everyone: &'a PrivateNames) -> Redactor<'a> {
    let mut redactor =
        Redactor { terms: secrets_of(worker), directory: Some(everyone), ..Redactor::new(AccessColumn::Public) };
    let office = worker.office.as_deref().and_then(|office| redactor.text(TextRule::Words, office));
    // An entry of layer one without a name and an office belongs to the municipality itself; volunteers make up layer two.
    redactor.has_office = office.is_some() || (worker.layer == Some(Layer::One) && worker.person.is_none());
    redactor
}

fn secrets_of(worker: &LinkWorker) -> SensitiveTerms<'static> {
    let person = worker.person.clone().filter(|person| !person.public);
    let private = person.is_some();
    let mut secrets = SensitiveTerms::of_contact(&Contact { person, ..Contact::default() });
    if private && let Some(kana) = &worker.person_kana {
        secrets.add_name(kana);
    }
    worker.person_phones.iter().for_each(|number| secrets.add_number(number));
    [&worker.person_address, &worker.email].into_iter().flatten().for_each(|words| secrets.add_words(words));
    secrets
}

impl LinkWorker {
    /// The person's name, as far as the redaction for this audience kept it.
    pub fn name(&self) -> Option<&str> {
        self.person.as_ref().map(|Person { name, .. }| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{ServedArea, Source};

    const NAME: &str = "城崎 花太郎";

    /// An entry with `words` in every field that takes words.
    fn saying(words: &str, layer: Option<Layer>, office: Option<&str>) -> LinkWorker {
        let text = || Some(words.to_owned());
        LinkWorker {
            layer,
            role: text(),
            person: Some(Person { name: NAME.to_owned(), public: false }),
            person_kana: Some("きのさき はなたろう".to_owned()),
            person_phones: vec!["090-1234-5678".to_owned(), "079-662-7777".to_owned()],
            person_address: Some("八鹿町国木987番地".to_owned()),
            office: office.map(str::to_owned),
            phone: Some("079-000-1111 / 080-5555-6666".to_owned()),
            fax: Some("079-000-2222".to_owned()),
            email: Some("hanataro@example.jp".to_owned()),
            url: text(),
            address: text(),
            hours: text(),
            ask_for: text(),
            note: text(),
            area: text(),
            serves: vec![ServedArea { written: words.to_owned(), ..ServedArea::default() }],
            extra: BTreeMap::from([("内部".to_owned(), words.to_owned())]),
            source: Source { list: words.to_owned(), file: words.to_owned(), row: 7, ..Source::default() },
            ..LinkWorker::default()
        }
    }

    fn in_public(worker: &LinkWorker) -> String {
        let names = PrivateNames::of(std::slice::from_ref(worker));
        serde_json::to_string(&redact_link_worker(worker, Audience::Public, &names)).unwrap()
    }

    #[test]
    fn everybody_sees_the_office_and_how_to_reach_it_but_no_mobile_number() {
        let seen = redact_link_worker(
            &saying("介護の相談", Some(Layer::One), Some("地域包括支援センター")),
            Audience::Public,
            &PrivateNames::default(),
        );
        let seen = seen.unwrap();
        assert_eq!(seen.phone.as_deref(), Some("079-000-1111"));
        assert_eq!((seen.ask_for.as_deref(), seen.hours.is_some()), (Some("介護の相談"), true));
        assert_eq!((seen.person, seen.fax, seen.email, seen.source), (None, None, None, Source::default()));
    }

    #[test]
    fn somebody_without_an_office_has_no_telephone_and_no_house_in_public() {
        for layer in [Some(Layer::One), Some(Layer::Two), None] {
            let seen =
                redact_link_worker(&saying("見守り", layer, None), Audience::Public, &PrivateNames::default()).unwrap();
            assert_eq!((seen.phone, seen.address, seen.hours, seen.url), (None, None, None, None), "{layer:?}");
            assert_eq!(seen.role.as_deref(), Some("見守り"));
        }
    }

    #[test]
    fn an_office_named_after_the_person_is_no_office() {
        let seen = redact_link_worker(
            &saying("相談", Some(Layer::Two), Some("城崎花太郎宅")),
            Audience::Public,
            &PrivateNames::default(),
        )
        .unwrap();
        assert_eq!((seen.office, seen.phone), (None, None));
    }

    #[test]
    fn remarks_that_name_the_person_of_another_entry_are_left_out() {
        let named = saying("相談", Some(Layer::Two), None);
        let other = LinkWorker { note: Some("城崎花太郎と分担".to_owned()), ..LinkWorker::default() };
        let everyone = PrivateNames::of(&[named, other.clone()]);
        assert_eq!(redact_link_worker(&other, Audience::Public, &everyone).unwrap().note, None);
        assert_eq!(redact_link_worker(&other, Audience::LinkWorkers, &everyone).unwrap().note, other.note);
    }

    #[test]
    fn a_role_with_a_name_in_it_keeps_the_role_and_an_office_with_one_is_left_out() {
        let named = saying("相談", Some(Layer::Two), None);
        let other = LinkWorker {
            role: Some("民生委員 城崎　花太郎 090-1111-2222".to_owned()),
            office: Some("サロン（代表 城崎花太郎）".to_owned()),
            phone: Some("+81 90 3333 4444".to_owned()),
            layer: Some(Layer::One),
            ..LinkWorker::default()
        };
        let everyone = PrivateNames::of(std::slice::from_ref(&named));
        let seen = redact_link_worker(&other, Audience::Public, &everyone).unwrap();
        assert_eq!((seen.role.as_deref(), seen.office.as_deref(), seen.phone), (Some("民生委員"), None, None));
        let unknown = LinkWorker { office: Some("サロン（薬袋）".to_owned()), ..LinkWorker::default() };
        let seen = redact_link_worker(&unknown, Audience::Public, &everyone).unwrap();
        assert_eq!(seen.office.as_deref(), Some("サロン"), "a rare family name behind an office");
        let own = LinkWorker { role: Some("城崎 花太郎（民生委員）".to_owned()), ..named };
        assert_eq!(redact_link_worker(&own, Audience::Public, &everyone).unwrap().role, None);
    }

    #[test]
    fn link_workers_see_all_but_unknown_columns_and_hidden_entries_stay_hidden() {
        let worker = saying("相談", Some(Layer::Two), None);
        let seen = redact_link_worker(&worker, Audience::LinkWorkers, &PrivateNames::default()).unwrap();
        assert_eq!((seen.name(), seen.person_phones.len(), seen.extra.len()), (Some(NAME), 2, 0));
        let hidden = LinkWorker { audience: Audience::LinkWorkers, ..worker };
        assert_eq!(redact_link_worker(&hidden, Audience::Public, &PrivateNames::default()), None);
        assert!(redact_link_worker(&hidden, Audience::LinkWorkers, &PrivateNames::default()).is_some());
    }

    proptest! {
        #[test]
        fn no_private_name_number_or_house_is_ever_public(
            before in "[ぁ-んァ-ヶ一-龠a-z 、。（）]{0,12}",
            behind in "[ぁ-んァ-ヶ一-龠a-z 、。（）]{0,12}",
            secret in prop::sample::select(vec![
                "城崎花太郎", "城崎　花太郎", "城崎さん", "花太郎先生", "キノサキ ハナタロウ", "090-1234-5678", "０９０１２３４５６７８",
                "079-662-7777", "080-5555-6666", "八鹿町国木987番地", "hanataro@example.jp",
            ]),
            layer in prop::sample::select(vec![Some(Layer::One), Some(Layer::Two), None]),
            office in prop::sample::select(vec![None, Some("八鹿支所"), Some("城崎花太郎")]),
        ) {
            let seen = in_public(&saying(&format!("{before}{secret}{behind}"), layer, office));
            prop_assert!(!seen.contains(secret), "{}", seen);
            prop_assert!(!seen.contains("花太郎") && !seen.contains("1234-5678") && !seen.contains("662-7777"), "{}", seen);
            prop_assert!(!seen.contains("example.jp") && !seen.contains("5555"), "{}", seen);
        }
    }
}
