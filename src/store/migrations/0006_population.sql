-- Population by small area: one edition per import. Of several editions of one day the newest holds; the others stay as they were.

create table population_edition (
    id      integer primary key,
    as_of   text not null check (as_of glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    made_by text not null,
    at      text not null
) strict;

create index population_edition_by_day on population_edition (as_of);

create table population_file (
    edition_id integer not null references population_edition (id),
    number     integer not null,
    file       text    not null,
    blake3     text    not null,
    primary key (edition_id, number)
) strict, without rowid;

-- `entry`: the area with its people, its point and the row it stood in.
create table population_area (
    edition_id integer not null references population_edition (id),
    number     integer not null check (number >= 1),
    entry      text    not null check (json_valid(entry)),
    primary key (edition_id, number)
) strict;

-- As with the revisions of places: only ever added to.
create trigger population_area_is_never_updated before update on population_area begin
    select raise(abort, 'areas of a population are never updated');
end;

create trigger population_area_is_never_deleted before delete on population_area begin
    select raise(abort, 'areas of a population are never deleted');
end;

create trigger population_edition_is_never_updated before update on population_edition begin
    select raise(abort, 'editions are never updated');
end;

create trigger population_edition_is_never_deleted before delete on population_edition begin
    select raise(abort, 'editions are never deleted');
end;

create trigger population_file_is_never_updated before update on population_file begin
    select raise(abort, 'editions are never updated');
end;

create trigger population_file_is_never_deleted before delete on population_file begin
    select raise(abort, 'editions are never deleted');
end;

-- The newest population is served with the snapshots, and so is the boundary that tells neighbours' places apart.
create trigger content_has_another_population after insert on population_edition begin
    update content set changes = changes + 1;
end;

create trigger content_has_another_boundary after insert on boundary begin
    update content set changes = changes + 1;
end;

-- Outlines that were drawn from points (概形) are marked wherever they are shown.
alter table district add column sketch integer not null default 0 check (sketch in (0, 1));
