import { PICTURE_BYTES_MAX, type PicturePlace, pictureReader } from '../../src/channel/bill-picture.ts'
import type { ChannelIo } from '../../src/channel/define-channel.ts'
import type { BillUrls } from '../../src/language/bill-qr.ts'
import { telegramApi } from './messenger.ts'
import { pictureIn, type TelegramUpdate } from './wire.ts'

const PLACE_MS_MAX = 2_000

/** Reads the bill in an update's picture, if there is one; where Telegram doesn't say in time where it is, none was read. */
export function updatePictures(
  bot: { readonly token: string; readonly apiUrl: string },
  io: ChannelIo,
  urls: BillUrls,
): (update: TelegramUpdate) => Promise<TelegramUpdate> {
  const { token, apiUrl } = bot
  const api = telegramApi(token, apiUrl, { fetch: io.fetch, msMax: PLACE_MS_MAX })
  const read = pictureReader(io, { hosts: [], apiUrl }, urls)
  return async (update) => {
    const { message } = update
    const file = message === undefined ? null : pictureIn(message)
    if (message === undefined || file === null || message.chat.type !== 'private') return update
    // Of larger ones not even the place is asked for.
    const place = (file.file_size ?? 0) > PICTURE_BYTES_MAX ? null : await api.getFile(file.file_id).catch(() => null)
    return { ...update, picture: await read(placeOf(place?.file_path, message.caption)) }
  }

  function placeOf(path = '', caption = ''): PicturePlace {
    return { url: path === '' ? '' : `${apiUrl}/file/bot${token}/${path}`, caption }
  }
}
