-- Readings in hiragana, for furigana on paper; null where the file that was read gave none.
alter table district add column kana text;
alter table town add column kana text;
