/** Somebody to play: a phone, what billing knows of it, and what one could text. */
export interface Customer {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly about: string
  readonly texts: readonly string[]
  /** What one could type in a chat, where buttons say the rest. */
  readonly said: readonly string[]
}

/** Customers of the bundled registry (`registry.csv`); a text may answer the question before it. */
export const customers: readonly Customer[] = [
  {
    id: 'one',
    name: 'Игорь',
    phone: '+79635744912',
    about: 'Телефон известен, один счётчик: достаточно показания.',
    texts: ['58410', 'Добрый день! Показания 58 411 квт', '60900', 'да', 'нет', '5841О'],
    said: ['58410', '60900'],
  },
  {
    id: 'zones',
    name: 'Светлана',
    phone: '+79625645708',
    about: 'Двухтарифный счётчик.',
    texts: ['день 24500 ночь 76600', 'ночь-76610 день-24510', '76600 24500', '24520', 'спасибо'],
    said: ['24500', '76600', '76600 24500'],
  },
  {
    id: 'meters',
    name: 'Ольга',
    phone: '+79097140165',
    about: 'Два счётчика на одном лицевом счёте.',
    texts: ['6990', '984840569533086 6990', '984840569533086 6995; 102923042545 508650', '2545 508660'],
    said: ['6990', '508650'],
  },
  {
    id: 'water',
    name: 'Виктор',
    phone: '+79633044809',
    about: 'Комсомольск-на-Амуре: электричество и холодная вода.',
    texts: ['хвс 61036,5', '407076911 271150', '61037'],
    said: ['271150', '61036,5'],
  },
  {
    id: 'replaced',
    name: 'Андрей',
    phone: '+79624909073',
    about: 'Старый счётчик заменён: 38778881 → 8952971459966.',
    texts: ['38778881 78650', '8952971459966 237400', 'помощь'],
    said: ['237400'],
  },
  {
    id: 'stranger',
    name: 'Незнакомый номер',
    phone: '+79000000001',
    about: 'Телефона нет в реестре: нужны лицевой счёт и показание.',
    texts: ['56311', '2880950488 56311', 'КР468713 250592064305057 56320', '2880950489 100', '50000', 'стоп'],
    said: ['2880950488 250592064305057', '56311', '29931 44090'],
  },
]

/** What to type into the web form. */
export const formSample = { account: '2891652287', meter: '5361493290684', values: 'T1 29931, T2 44090' }
