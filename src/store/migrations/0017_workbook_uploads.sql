-- Workbooks of edits that were uploaded in a browser, until somebody has decided of them. `workbook` is what was read of one: it holds what only
-- the staff may see, and goes when it is decided, or after a while.
create table workbook_upload (
    id         integer primary key autoincrement,
    file       text not null,
    blake3     text not null,
    workbook   text check (json_valid(workbook)),
    by         text not null check (by <> ''),
    at         text not null,
    state      text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
    decided_by text,
    decided_at text,
    check ((state = 'open') = (workbook is not null)),
    check ((state = 'open') = (decided_at is null))
) strict;

create index workbook_upload_open on workbook_upload (at) where state = 'open';
