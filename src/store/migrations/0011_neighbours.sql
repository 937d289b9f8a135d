-- Neighbouring municipalities, whose places and people count for reach and are in no list. A list that is not here is the
-- municipality's own; `municipality` is the code without its check digit.
create table neighbour_list (
    list         text primary key check (list <> ''),
    municipality text not null check (municipality glob '[0-9][0-9][0-9][0-9][0-9]')
) strict, without rowid;

create trigger neighbour_list_is_never_updated before update on neighbour_list begin
    select raise(abort, 'whose a list is is never updated');
end;

create trigger neighbour_list_is_never_deleted before delete on neighbour_list begin
    select raise(abort, 'whose a list is is never deleted');
end;

create trigger content_has_another_neighbour after insert on neighbour_list begin
    update content set changes = changes + 1;
end;

-- '' is the municipality's own population.
alter table population_edition add column municipality text not null default ''
    check (municipality = '' or municipality glob '[0-9][0-9][0-9][0-9][0-9]');
