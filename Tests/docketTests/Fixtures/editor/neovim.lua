-- Drives Neovim with the configuration of editors/neovim: nvim --headless -u NONE -l is newer than Debian's, so it is
-- sourced with DOCKET, EDITORS and RULES in the environment, prints a line for each thing that worked, and quits.
local function expect(what, condition, actual)
  if condition then
    io.stdout:write('ok: ' .. what .. '\n')
  else
    io.stdout:write('FAIL: ' .. what .. ': ' .. vim.inspect(actual) .. '\n')
    vim.cmd('cquit 1')
  end
end

local function ask(method, parameters)
  local answers = vim.lsp.buf_request_sync(0, method, parameters or vim.lsp.util.make_position_params(), 120000) or {}
  for _, answer in pairs(answers) do return answer.result end
end

local function messages()
  return vim.tbl_map(function(message) return message.message end, vim.diagnostic.get(0))
end

local ok, problem = pcall(function()
  package.path = os.getenv('EDITORS') .. '/neovim/?.lua;' .. package.path
  require('docket').setup({ cmd = { os.getenv('DOCKET'), 'lsp' } })
  local file = os.getenv('RULES') .. '/priorities.yaml'
  vim.cmd('edit ' .. file)
  local attached = vim.wait(120000, function() return #vim.lsp.buf_get_clients(0) > 0 end)
  expect('the server is attached', attached, vim.lsp.buf_get_clients(0))

  vim.fn.search('\\V[type, urgency')
  vim.fn.search('urgency')
  local hover = ask('textDocument/hover')
  expect('hover', hover and hover.contents.value:find('紧急程度 / Urgency', 1, true), hover)
  local definition = ask('textDocument/definition')
  expect('definition', definition and definition[1].uri:find('fields.yaml', 1, true), definition)

  vim.cmd('substitute/urgency/urgncy/')
  vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end)
  expect('a message while typing', table.concat(messages(), ' '):find("did you mean 'urgency'?", 1, true), messages())
  vim.cmd('undo')
  vim.wait(120000, function() return #vim.diagnostic.get(0) == 0 end)
  expect('the message goes', #vim.diagnostic.get(0) == 0, messages())

  vim.fn.cursor(1, 1)
  vim.fn.search('priority: medium')
  vim.fn.search('medium')
  local items = ask('textDocument/completion') or {}
  expect('completion', items[1] and items[1].label == 'high', items)

  vim.fn.cursor(1, 1)
  vim.cmd('%substitute/levels: \\[high/levels: [   high/')
  vim.cmd('write')
  local line = vim.fn.getline(vim.fn.search('levels:'))
  expect('layout on saving', line == '  levels: [high, medium, low]', line)
end)
expect('no error', ok, problem)
vim.cmd('qall!')
