-- Accounts of the internal address, their sessions, and the audit log. Of secrets there are digests alone: of a password argon2id in
-- the PHC format, of codes and tokens BLAKE3, since those are random. Times are RFC 3339 in UTC.
create table account (
    name          text    primary key check (name <> ''),
    role          text    not null check (role in ('link-worker', 'editor', 'administrator')),
    password      text    check (password like '$argon2id$%'),
    disabled      integer not null default 0 check (disabled in (0, 1)),
    welcome       blob    check (length(welcome) = 32),
    welcome_until text,
    created       text    not null,
    check ((welcome is null) = (welcome_until is null))
) strict, without rowid;

-- What somebody did stays somebody's.
create trigger account_is_never_deleted before delete on account begin
    select raise(abort, 'accounts are disabled, never deleted');
end;

create table login_session (
    token     blob primary key check (length(token) = 32),
    account   text not null references account (name),
    created   text not null,
    last_seen text not null
) strict, without rowid;

create index login_session_by_account on login_session (account);

-- Who did what and when; `fields` names fields and never holds a value. Each row hashes the one before: a row that was changed, put in
-- or taken out breaks the chain. Autoincrement: the counter of SQLite also remembers a last row that was taken away.
create table audit (
    id       integer primary key autoincrement,
    at       text not null,
    made_by  text not null check (made_by <> ''),
    action   text not null check (action <> ''),
    subject  text not null,
    fields   text not null check (json_valid(fields)),
    hash     blob not null check (length(hash) = 32)
) strict;

create trigger audit_is_never_updated before update on audit begin
    select raise(abort, 'the audit log is never updated');
end;

create trigger audit_is_never_deleted before delete on audit begin
    select raise(abort, 'the audit log is never deleted');
end;

create trigger audit_has_no_gap before insert on audit
when new.id <> (select coalesce(max(id), 0) + 1 from audit) begin
    select raise(abort, 'a row of the audit log follows the last');
end;
