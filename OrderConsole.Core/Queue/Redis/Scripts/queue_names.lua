-- member_of(name)  the member that text.lua's printable() shows as this name. One that was cut cannot be told any more: then
-- it is the name itself, under which such an entry becomes a dead letter when it falls due.
local function member_of(name)
  if name == '(empty)' then return '' end
  if not string.find(name, '\\', 1, true) then return name end
  return (string.gsub(name, '\\x(%x%x)', function(hex) return string.char(tonumber(hex, 16)) end))
end
