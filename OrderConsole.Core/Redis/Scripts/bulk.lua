-- in_pieces(command, key, list)  calls command with all of list, a piece at a time: Lua cannot unpack many thousands.
-- The pieces are even, so pairs stay together. Answers of the pieces are joined.
local function in_pieces(command, key, list)
  local answers = {}
  for first = 1, #list, 2000 do
    local answer = redis.call(command, key, unpack(list, first, math.min(first + 1999, #list)))
    if type(answer) == 'table' and not answer.ok then
      for i = 1, #answer do answers[first + i - 1] = answer[i] end
    end
  end
  return answers
end
