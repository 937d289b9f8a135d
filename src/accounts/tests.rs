use std::cell::Cell;

use chrono::TimeZone as _;

use super::password::PasswordFault;
use super::*;

const PASSWORD: &str = "trout lantern nineteen";
const OTHER: &str = "gravel teapot orchard";

thread_local! {
    /// Seconds since the beginning of a test.
    static NOW: Cell<i64> = const { Cell::new(0) };
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 27, 9, 0, 0).unwrap() + TimeDelta::seconds(NOW.get())
}

fn later(minutes: i64) {
    NOW.set(NOW.get() + 60 * minutes);
}

struct Office {
    dir: tempfile::TempDir,
    accounts: Accounts,
}

fn name(text: &str) -> AccountName {
    AccountName::parse(text).unwrap()
}

fn address() -> IpAddr {
    IpAddr::from([192, 0, 2, 1])
}

impl Office {
    /// With an administrator, an editor and a link worker.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Store::open(&dir.path().join("t.sqlite")).unwrap();
        let accounts = Accounts::open(&dir.path().join("t.sqlite"), &City::default()).unwrap().with_clock(now);
        for (account, role) in
            [("boss", AccountRole::Administrator), ("hand", AccountRole::Editor), ("eye", AccountRole::LinkWorker)]
        {
            assert_eq!(accounts.add("root", (&name(account), role), Some(PASSWORD)).unwrap(), None);
        }
        Self { dir, accounts }
    }

    /// The accounts as another process has them.
    fn other_process(&self) -> Accounts {
        Accounts::open(&self.dir.path().join("t.sqlite"), &City::default()).unwrap().with_clock(now)
    }

    fn sign_in(&self, account: &str) -> String {
        self.accounts.sign_in(account, PASSWORD, (address(), None)).unwrap()
    }

    fn actions(&self) -> Vec<(String, String)> {
        let rows = self.accounts.audit_log(None, 100).unwrap();
        rows.into_iter().rev().map(|row| (row.action, row.subject)).skip(3).collect()
    }
}

fn is_wrong<T>(outcome: &Result<T, SignInError>) -> bool {
    matches!(outcome, Err(SignInError::Wrong))
}

#[test]
fn sessions_end_when_they_are_idle_and_after_twelve_hours_and_outlive_a_restart() {
    let office = Office::new();
    let token = office.sign_in("hand");
    assert_eq!(office.accounts.signed_in(&token).unwrap().role, AccountRole::Editor);
    assert_eq!(office.accounts.signed_in(&token[1..]), None);
    for _ in 0..11 {
        later(59);
        assert!(office.accounts.signed_in(&token).is_some());
        office.accounts.poll().unwrap();
    }
    let restarted = office.other_process();
    assert!(restarted.signed_in(&token).is_some(), "by what was noted of it");
    later(59);
    assert!(office.accounts.signed_in(&token).is_some(), "11 h 48 min");
    later(12);
    assert_eq!(office.accounts.signed_in(&token), None);
    office.accounts.poll().unwrap();
    assert!(office.other_process().known().sessions.all().next().is_none(), "what is over is not kept");
    let idle = office.sign_in("hand");
    later(60);
    assert_eq!(office.accounts.signed_in(&idle), None);
}

#[test]
fn a_sixth_session_ends_the_oldest_and_a_token_that_was_brought_along_ends() {
    let office = Office::new();
    let tokens: Vec<_> = std::iter::repeat_with(|| {
        later(1);
        office.sign_in("eye")
    })
    .take(6)
    .collect();
    let lasting: Vec<_> = tokens.iter().map(|token| office.accounts.signed_in(token).is_some()).collect();
    assert_eq!(lasting, [false, true, true, true, true, true]);
    let new = office.accounts.sign_in("eye", PASSWORD, (address(), Some(&tokens[3]))).unwrap();
    assert!(!tokens.contains(&new));
    assert!(office.accounts.signed_in(&tokens[3]).is_none() && office.accounts.signed_in(&tokens[1]).is_some());
    let planted = "0".repeat(52);
    let new = office.accounts.sign_in("eye", PASSWORD, (address(), Some(&planted))).unwrap();
    assert!(new != planted && office.accounts.signed_in(&planted).is_none(), "session fixation");
}

#[test]
fn nothing_says_why_nobody_was_signed_in() {
    let office = Office::new();
    office.accounts.disable("boss", &name("eye")).unwrap();
    let code = office.accounts.add("boss", (&name("new"), AccountRole::Editor), None).unwrap();
    assert!(code.is_some());
    for (account, password) in [
        ("nobody", PASSWORD),
        ("eye", PASSWORD),
        ("new", PASSWORD),
        ("new", ""),
        ("hand", OTHER),
        ("", ""),
        ("a b", PASSWORD),
    ] {
        assert!(is_wrong(&office.accounts.sign_in(account, password, (address(), None))), "{account}");
    }
    assert!(office.accounts.sign_in("ＨＡＮＤ ", PASSWORD, (address(), None)).is_ok(), "as it is typed");
    assert!(
        is_wrong(&office.accounts.sign_in("hand", &format!("{PASSWORD} "), (address(), None))),
        "passwords are exact"
    );
    let failed: Vec<_> = office.actions().into_iter().filter(|(action, _)| action == "sign-in-failed").collect();
    let known = ["eye", "new", "new", "hand", "hand"].map(|it| ("sign-in-failed".to_owned(), it.to_owned()));
    assert_eq!(failed, known, "names that there are, and no others");
}

#[test]
fn who_has_failed_too_often_waits_also_with_the_right_password() {
    let office = Office::new();
    for _ in 0..5 {
        assert!(is_wrong(&office.accounts.sign_in("eye", OTHER, (address(), None))));
    }
    let wait = office.accounts.sign_in("eye", PASSWORD, (address(), None)).unwrap_err();
    assert!(matches!(wait, SignInError::Wait(wait) if wait == TimeDelta::minutes(1)), "{wait}");
    assert!(office.accounts.sign_in("hand", PASSWORD, (address(), None)).is_ok(), "others do not wait");
    later(1);
    let token = office.sign_in("eye");
    let who = office.accounts.signed_in(&token).unwrap();
    for _ in 0..5 {
        assert!(is_wrong(&office.accounts.change_password(&who, (OTHER, OTHER), address())));
    }
    let wait = office.accounts.change_password(&who, (PASSWORD, OTHER), address()).unwrap_err();
    assert!(matches!(wait, SignInError::Wait(_)), "a stolen session is no way to guess: {wait}");
}

#[test]
fn a_changed_password_ends_every_session_and_begins_a_new_one() {
    let office = Office::new();
    let (here, there, other) = (office.sign_in("eye"), office.sign_in("eye"), office.sign_in("hand"));
    let who = office.accounts.signed_in(&here).unwrap();
    for (new, fault) in [("short", PasswordFault::TooShort), ("eye eye eye eye", PasswordFault::TooWeak)] {
        let refused = office.accounts.change_password(&who, (PASSWORD, new), address()).unwrap_err();
        assert!(matches!(refused, SignInError::Failed(AccountError::BadPassword(it)) if it == fault), "{refused}");
    }
    let new = office.accounts.change_password(&who, (PASSWORD, OTHER), address()).unwrap();
    let lasts = |token: &str| office.accounts.signed_in(token).is_some();
    assert_eq!([&here, &there, &other, &new].map(|token| lasts(token)), [false, false, true, true]);
    assert!(is_wrong(&office.accounts.sign_in("eye", PASSWORD, (address(), None))));
    let second = office.accounts.sign_in("eye", OTHER, (address(), None)).unwrap();
    office.accounts.end_others(&office.accounts.signed_in(&new).unwrap()).unwrap();
    assert!(lasts(&new) && !lasts(&second));
    office.accounts.sign_out(&office.accounts.signed_in(&new).unwrap()).unwrap();
    assert!(!lasts(&new));
}

#[test]
fn what_another_process_changes_holds_from_the_next_poll_on() {
    let office = Office::new();
    let (eye, hand) = (office.sign_in("eye"), office.sign_in("hand"));
    let command = office.other_process();
    command.disable("root", &name("eye")).unwrap();
    command.set_role("root", &name("hand"), AccountRole::LinkWorker).unwrap();
    office.accounts.poll().unwrap();
    assert_eq!(office.accounts.signed_in(&eye), None);
    assert_eq!(office.accounts.signed_in(&hand).unwrap().role, AccountRole::LinkWorker);
    command.reset("root", &name("hand"), Some(OTHER)).unwrap();
    office.accounts.poll().unwrap();
    assert_eq!(office.accounts.signed_in(&hand), None);
    assert!(office.accounts.sign_in("hand", OTHER, (address(), None)).is_ok());
}

#[test]
fn the_last_administrator_stays() {
    let office = Office::new();
    let (accounts, boss) = (&office.accounts, name("boss"));
    let is_last = |outcome| matches!(outcome, Err(AccountError::LastAdministrator));
    assert!(is_last(accounts.disable("boss", &boss)));
    assert!(is_last(accounts.set_role("boss", &boss, AccountRole::Editor)));
    accounts.set_role("boss", &name("hand"), AccountRole::Administrator).unwrap();
    accounts.disable("boss", &boss).unwrap();
    accounts.disable("hand", &boss).unwrap();
    assert!(is_last(accounts.disable("hand", &name("hand"))), "who is disabled is none");
    accounts.reset("hand", &boss, Some(PASSWORD)).unwrap();
    assert!(accounts.sign_in("boss", PASSWORD, (address(), None)).is_ok(), "a reset enables again");
    accounts.set_role("boss", &name("hand"), AccountRole::LinkWorker).unwrap();
    assert!(matches!(accounts.disable("boss", &name("nobody")), Err(AccountError::Unknown)));
    let taken = accounts.add("boss", (&boss, AccountRole::Editor), Some(PASSWORD));
    assert!(matches!(taken, Err(AccountError::Taken)));
}

#[test]
fn the_first_administrator_is_made_once_within_an_hour() {
    let accounts = Accounts::in_memory(&City::default()).unwrap().with_clock(now);
    let wrong_code = |outcome| matches!(outcome, Err(AccountError::WrongCode));
    assert!(wrong_code(accounts.set_up("", "boss", PASSWORD)), "before any was offered");
    let late = accounts.offer_setup().unwrap().unwrap();
    later(60);
    assert!(wrong_code(accounts.set_up(&late, "boss", PASSWORD)));
    let code = accounts.offer_setup().unwrap().unwrap();
    assert!(code.len() * 5 >= 128 && code != late);
    assert!(wrong_code(accounts.set_up(&late, "boss", PASSWORD)) && wrong_code(accounts.set_up("", "boss", PASSWORD)));
    assert!(matches!(accounts.set_up(&code, "a b", PASSWORD), Err(AccountError::BadName)));
    assert!(matches!(accounts.set_up(&code, "boss", "short"), Err(AccountError::BadPassword(_))));
    later(59);
    accounts.set_up(&code, "boss", PASSWORD).unwrap();
    assert!(wrong_code(accounts.set_up(&code, "boss2", PASSWORD)), "once");
    assert_eq!(accounts.offer_setup().unwrap(), None);
    let token = accounts.sign_in("boss", PASSWORD, (address(), None)).unwrap();
    assert_eq!(accounts.signed_in(&token).unwrap().role, AccountRole::Administrator);
}

#[test]
fn a_person_sets_their_password_once_within_three_days() {
    let office = Office::new();
    let add =
        |account: &str| office.accounts.add("boss", (&name(account), AccountRole::Editor), None).unwrap().unwrap();
    let (late, code) = (add("late"), add("new"));
    let welcome = |code: &str, account: &str, password: &str| office.accounts.welcome(code, account, password);
    let wrong_code = |outcome| matches!(outcome, Err(AccountError::WrongCode));
    assert!(wrong_code(welcome(&code, "late", PASSWORD)) && wrong_code(welcome(&late, "new", PASSWORD)), "another's");
    assert!(wrong_code(welcome("", "hand", PASSWORD)) && wrong_code(welcome(&code, "nobody", PASSWORD)));
    assert!(matches!(welcome(&code, "new", "password1234"), Err(AccountError::BadPassword(PasswordFault::TooWeak))));
    welcome(&code, "new", OTHER).unwrap();
    assert!(wrong_code(welcome(&code, "new", PASSWORD)), "once");
    assert!(office.accounts.sign_in("new", OTHER, (address(), None)).is_ok());
    later(72 * 60);
    assert!(wrong_code(welcome(&late, "late", PASSWORD)));
    let again = office.accounts.reset("boss", &name("late"), None).unwrap().unwrap();
    office.accounts.disable("boss", &name("late")).unwrap();
    assert!(wrong_code(welcome(&again, "late", PASSWORD)), "a disabled account has no code");
}

#[test]
fn the_log_names_who_did_what_to_which_fields_and_no_value() {
    let office = Office::new();
    let token = office.sign_in("boss");
    office.accounts.set_role("boss", &name("eye"), AccountRole::Editor).unwrap();
    office.accounts.reset("boss", &name("eye"), None).unwrap();
    office.accounts.sign_out(&office.accounts.signed_in(&token).unwrap()).unwrap();
    let expected = [("signed-in", "boss"), ("role-changed", "eye"), ("account-reset", "eye"), ("signed-out", "boss")];
    assert_eq!(office.actions(), expected.map(|(action, subject)| (action.to_owned(), subject.to_owned())));
    let rows = office.accounts.audit_log(Some(7), 3).unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.number, row.by.as_str(), row.fields.join(" "))).collect();
    assert_eq!(told, [(6, "boss", "password".to_owned()), (5, "boss", "role".to_owned()), (4, "boss", String::new())]);
    assert!(rows.iter().all(|row| row.at == now()));
}

#[test]
fn no_secret_is_in_the_database() {
    let office = Office::new();
    let token = office.sign_in("eye");
    let code = office.accounts.add("boss", (&name("new"), AccountRole::Editor), None).unwrap().unwrap();
    assert!(is_wrong(&office.accounts.sign_in("hunter2 is my password", OTHER, (address(), None))));
    office.accounts.poll().unwrap();
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(office.dir.path()).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|it| it == text);
    for secret in [token.as_str(), &code, PASSWORD, OTHER, "hunter2"] {
        assert!(!holds(secret.as_bytes()), "{secret}");
    }
    assert!(holds(blake3::hash(token.as_bytes()).as_bytes()) && holds(b"$argon2id$"), "digests are");
}
