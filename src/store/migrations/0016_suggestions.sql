-- What people suggest: of a place that is wrong (`place`), or of a new one. Nothing tells who they are but the contact that they may give,
-- which goes when somebody has decided, or after a while. `fields` are texts by the key of their column.
create table suggestion (
    id         integer primary key autoincrement,
    place      text references place (id),
    fields     text not null check (json_valid(fields)),
    remark     text not null,
    contact    text,
    at         text not null,
    state      text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'spam')),
    decided_by text,
    decided_at text,
    check (state = 'open' or contact is null),
    check ((state = 'open') = (decided_at is null))
) strict;

create index suggestion_open on suggestion (at) where state = 'open';
