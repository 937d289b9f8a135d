-- The gazetteer is part of the snapshots: where a person may start, and how 大字 are read. A change of it moves the content.
create trigger content_has_another_town after insert on town begin
    update content set changes = changes + 1;
end;

create trigger content_has_a_town_less after delete on town begin
    update content set changes = changes + 1;
end;
