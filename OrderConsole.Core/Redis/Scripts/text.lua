-- is_order_no(text)  1 to 64 of A-Z a-z 0-9 . _ : - , the same rule as OrderNumber.Pattern.
-- printable(text)    the text itself when it is at most 256 printable ASCII characters; else escaped as \xHH, and what is
--                    too long is cut and told apart by its SHA-1.
local function is_order_no(text)
  return #text >= 1 and #text <= 64 and not string.find(text, '[^%w%._:%-]')
end

local function printable(text)
  if text == '' then return '(empty)' end
  local shown = string.gsub(string.sub(text, 1, 256), '[%c\\\128-\255]', function(c)
    return string.format('\\x%02x', string.byte(c))
  end)
  if #text <= 256 and #shown <= 256 then return shown end
  return string.sub(shown, 1, 128) .. '...sha1:' .. redis.sha1hex(text) .. ',bytes:' .. #text
end
