-- Districts of which no outline is known: the 大字 they consist of, and a centre that may be unknown. A column cannot lose its
-- "not null", so that the table is made anew.
create table district_new (
    number      integer primary key,
    id          text not null unique,
    name        text not null,
    former_town text,
    polygons    text check (polygons is null or json_valid(polygons)),
    lon         real check (lon between -180 and 180),
    lat         real check (lat between -90 and 90),
    kana        text,
    sketch      integer not null default 0 check (sketch in (0, 1)),
    towns       text not null default '[]' check (json_valid(towns)),
    check ((lon is null) = (lat is null))
) strict;

insert into district_new (number, id, name, former_town, polygons, lon, lat, kana, sketch)
select number, id, name, former_town, polygons, lon, lat, kana, sketch from district;

drop table district;
alter table district_new rename to district;

create trigger content_has_another_district after insert on district begin
    update content set changes = changes + 1;
end;

create trigger content_has_a_changed_district after update on district begin
    update content set changes = changes + 1;
end;

create trigger content_has_a_district_less after delete on district begin
    update content set changes = changes + 1;
end;
