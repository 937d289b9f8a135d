-- What a municipality knows of its places: one row a revision, never rewritten.
-- Times are RFC 3339 in UTC. lon, lat: degrees (WGS 84), longitude first.

-- One reading of one list that changed something: who, when, which files.
create table edition (
    id      integer primary key,
    list    text not null check (list <> ''),
    made_by text not null,
    at      text not null
) strict;

create table edition_file (
    edition_id integer not null references edition (id),
    number     integer not null,
    file       text    not null,
    blake3     text    not null,
    primary key (edition_id, number)
) strict, without rowid;

-- An identity. `current` is kept by the triggers below; `absent_since` says which edition of its list no longer had it
-- (終了候補), until an edition has it again.
create table place (
    id           text    primary key check (length(id) = 10),
    current      integer not null default 0,
    list         text,
    absent_since integer references edition (id)
) strict, without rowid;

create index place_by_list on place (list);

-- `base`: the row as the list had it; the word 'facts' where that is what `facts` says; null where no list has the place.
-- `author`: null for an import, else the person. `row`: as Excel shows it.
create table revision (
    place_id     text    not null references place (id),
    number       integer not null check (number >= 1),
    facts        text    not null check (json_valid(facts)),
    base         text    check (base is null or base = 'facts' or json_valid(base)),
    verification text    check (verification is null or json_valid(verification)),
    list         text    not null,
    file         text    not null,
    sheet        text,
    row          integer not null,
    list_id      text,
    licence      text,
    author       text,
    edition_id   integer references edition (id),
    at           text    not null,
    primary key (place_id, number)
) strict;

-- History is only ever added to. A later step that must blank a person's fields drops and recreates these two in its own
-- transaction; there is no switch that a stray statement could leave on.
create trigger revision_is_never_updated before update on revision begin
    select raise(abort, 'revisions are never updated');
end;

create trigger revision_is_never_deleted before delete on revision begin
    select raise(abort, 'revisions are never deleted');
end;

create trigger revision_follows_the_last before insert on revision
when new.number <> (select current + 1 from place where id = new.place_id) begin
    select raise(abort, 'a revision follows the last one of its place');
end;

create trigger revision_becomes_current after insert on revision begin
    update place set current = new.number where id = new.place_id;
end;

create trigger place_is_never_deleted before delete on place begin
    select raise(abort, 'places are never deleted');
end;

create trigger edition_is_never_updated before update on edition begin
    select raise(abort, 'editions are never updated');
end;

create trigger edition_is_never_deleted before delete on edition begin
    select raise(abort, 'editions are never deleted');
end;

-- What follows describes the municipality and is replaced as a whole when a newer file is read.
-- `polygons`: the coordinates of a GeoJSON MultiPolygon.
create table district (
    number      integer primary key,
    id          text not null unique,
    name        text not null,
    former_town text,
    polygons    text check (polygons is null or json_valid(polygons)),
    lon         real not null check (lon between -180 and 180),
    lat         real not null check (lat between -90 and 90)
) strict;

create table boundary (
    id       integer primary key check (id = 1),
    polygons text not null check (json_valid(polygons))
) strict;

create table town (
    number     integer primary key,
    prefecture text,
    city       text,
    city_code  text,
    town       text not null,
    small_area text,
    lon        real not null check (lon between -180 and 180),
    lat        real not null check (lat between -90 and 90)
) strict;

create table meta (
    key   text primary key,
    value text not null
) strict, without rowid;
