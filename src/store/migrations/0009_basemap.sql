-- The base map: lines and points of published files, by the name of the file; each file is replaced as a whole.
create table basemap (
    file    text not null,
    number  integer not null,
    feature text not null check (json_valid(feature)),
    primary key (file, number)
) strict, without rowid;

create trigger content_has_another_basemap after insert on basemap begin
    update content set changes = changes + 1;
end;

create trigger content_has_less_of_a_basemap after delete on basemap begin
    update content set changes = changes + 1;
end;
