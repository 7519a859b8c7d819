-- Docket for Neovim 0.7 or newer, without plugins: put this file into a folder `lua` of your runtime path and write
--
--     require('docket').setup()
--
-- or, with a program that is not on the path or rules that are elsewhere,
--
--     require('docket').setup({ cmd = { '/opt/docket/bin/docket', 'lsp' }, pattern = '*/policies/*.yaml' })
local docket = {}

-- Which files are rules: all YAML files below a folder `rules`.
docket.defaults = { cmd = { 'docket', 'lsp' }, pattern = '*/rules/*.yaml' }

-- One server serves all rulebooks: it finds the rulebook of a file by itself.
local client_id

local function attach(buffer, cmd)
  if client_id == nil or vim.lsp.get_client_by_id(client_id) == nil then
    client_id = vim.lsp.start_client({
      name = 'docket',
      cmd = cmd,
      root_dir = vim.fn.getcwd(),
      offset_encoding = 'utf-16',
      on_exit = function() client_id = nil end,
    })
  end
  if client_id == nil then return end
  vim.lsp.buf_attach_client(buffer, client_id)
  local function map(keys, action) vim.keymap.set('n', keys, action, { buffer = buffer }) end
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  map('K', vim.lsp.buf.hover)
  map('gd', vim.lsp.buf.definition)
  map('gr', vim.lsp.buf.references)
  map('<leader>a', vim.lsp.buf.code_action)
end

function docket.setup(options)
  options = vim.tbl_extend('force', docket.defaults, options or {})
  local group = vim.api.nvim_create_augroup('docket', { clear = true })
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
    group = group,
    pattern = options.pattern,
    callback = function(event) attach(event.buf, options.cmd) end,
  })
  -- The layout of `docket fmt` on saving; `docket.format = false` turns it off.
  vim.api.nvim_create_autocmd('BufWritePre', {
    group = group,
    pattern = options.pattern,
    callback = function()
      if docket.format == false or client_id == nil then return end
      if vim.lsp.buf.format then
        vim.lsp.buf.format({ timeout_ms = 2000 })
      else
        vim.lsp.buf.formatting_sync(nil, 2000)
      end
    end,
  })
end

return docket
