-- What editing in a browser needs. Times are RFC 3339 in UTC.

-- `merged_into`: the place that this one turned out to be. It keeps its history, and its list may still revise it, but no snapshot has it.
-- `merged_seen`: the number of its revision that somebody has seen since.
alter table place add column merged_into text references place (id) check (merged_into <> id);
alter table place add column merged_seen integer;

create index revision_by_edition on revision (edition_id);

create index place_by_absence on place (absent_since) where absent_since is not null;

create trigger content_has_a_merged_place after update of merged_into on place
when new.merged_into is not old.merged_into begin
    update content set changes = changes + 1;
end;

-- What somebody has typed and not stored yet: computers are shared, and browsers crash. `place` is the identity, or another key for a new
-- place; `fields` are texts by the key of their column.
create table draft (
    account  text    not null check (account <> ''),
    place    text    not null check (place <> ''),
    revision integer not null,
    fields   text    not null check (json_valid(fields)),
    at       text    not null,
    primary key (account, place)
) strict, without rowid;
