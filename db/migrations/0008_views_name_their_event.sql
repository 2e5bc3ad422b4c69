-- The event that says a view was opened: strict mode asks whether the log has it under a signed checkpoint before it reveals.
-- Null only for views of before this migration, which have long expired.
alter table access.views add column event_id uuid;

-- Helpers of an opening that answer something else now, or are gone: the functions that follow make them anew.
drop function if exists access.grant_for(staff.actor, uuid, text, text, text, boolean);
drop function if exists access.view_for(staff.actor, uuid);
drop function if exists access.window_of(uuid, uuid, text);
drop function if exists access.purpose_fits(uuid, text);
drop function if exists access.preset_purpose(uuid);
