export const STRANGER = '+79990000000'

/** A call: what is done, with what is heard after it; then the events that it leaves. */
export type Row = readonly [
  name: string,
  from: string,
  greeted: string,
  turns: readonly (readonly [does: string, hears: string])[],
  events: readonly string[],
]

const asksAccount = 'account asked;code=ACCOUNT_NEEDED'
const asksMeter = 'serial asked;code=METER_NEEDED'
const asksWhich = 'meter asked;code=METER_NEEDED'
const asksValue = 'value T1 asked;code=VALUES_NEEDED'
const readsBack = 'confirm asked;code=UNCONFIRMED'

export const rows: readonly Row[] = [
  [
    'by keys alone',
    STRANGER,
    asksAccount,
    [
      ['#2880950488', asksMeter],
      ['#5057', asksValue],
      ['#56311', readsBack],
      ['#1', 'bye accepted;flags="NO_SERIAL"'],
      ['.', 'bye none;code=HELP'],
    ],
    ['5057 T1=56311 CUSTOMER NO_SERIAL'],
  ],
  [
    'by speech alone',
    STRANGER,
    asksAccount,
    [
      ['двадцать восемь семьдесят шесть пятьдесят семь тридцать четыре двадцать один', asksMeter],
      ['восемь четыре один ноль', asksValue],
      ['семьдесят девять тысяч восемьсот', readsBack],
      ['да', 'bye accepted;flags="NO_SERIAL"'],
    ],
    ['8410 T1=79800 CUSTOMER NO_SERIAL'],
  ],
  [
    'by keys and speech, a known caller',
    '+79635744912',
    asksAccount,
    [
      ['#4778', asksValue],
      ['пятьдесят восемь четыреста десять', readsBack],
      ['#1', 'bye accepted'],
    ],
    ['4565 T1=58410 CUSTOMER'],
  ],
  [
    'two meters, one after the other',
    '+79097140165',
    asksAccount,
    [
      ['один два шесть восемь', asksWhich],
      ['#1', asksValue],
      ['#6990', readsBack],
      ['да', 'meter accepted'],
      ['#1', asksValue],
      ['#508650', readsBack],
      ['#1', 'bye accepted'],
    ],
    ['3086 T1=6990 CUSTOMER', '2545 T1=508650 CUSTOMER'],
  ],
  [
    'two meters of a stranger, the second one by its digits',
    STRANGER,
    asksAccount,
    [
      ['#2863396002', asksMeter],
      ['#4146', asksValue],
      ['#699350', readsBack],
      ['#1', 'meter accepted;flags="NO_SERIAL"'],
      ['восемь восемь четыре ноль', asksValue],
      ['#54500', readsBack],
      ['#2', 'value T1 none;code=CANCELLED'],
      ['#54501', readsBack],
      ['#1', 'bye accepted;flags="NO_SERIAL"'],
    ],
    ['4146 T1=699350 CUSTOMER NO_SERIAL', '8840 T1=54501 CUSTOMER NO_SERIAL'],
  ],
  [
    'three zones',
    STRANGER,
    asksAccount,
    [
      ['#2884301686', asksMeter],
      ['#9204', asksValue],
      ['#693760', 'value T2 asked;code=FEW_VALUES'],
      ['двести одна тысяча триста', 'value T3 asked;code=FEW_VALUES'],
      ['#716450', readsBack],
      ['да', 'bye accepted;flags="NO_SERIAL"'],
    ],
    ['9204 T1=693760 T2=201300 T3=716450 CUSTOMER NO_SERIAL'],
  ],
  [
    'corrections, by key and in one breath',
    '+79622897257',
    asksAccount,
    [
      ['#7257', asksAccount],
      ['#2844770405', asksValue],
      ['#24990', readsBack],
      ['нет', 'value T1 none;code=CANCELLED'],
      ['двадцать четыре тысячи девятьсот девяносто один', readsBack],
      ['нет, двадцать четыре тысячи девятьсот девяносто пять', readsBack],
      ['верно', 'bye accepted'],
    ],
    ['9569 T1=24995 CUSTOMER'],
  ],
  [
    'a doubtful value, confirmed',
    '+79638700084',
    asksAccount,
    [
      ['#1610', asksValue],
      ['#50444', readsBack],
      ['#1', 'confirm asked;code=VERY_HIGH'],
      ['да', 'bye accepted;flags="CONFIRMED HIGH"'],
    ],
    ['9773 T1=50444 CONFIRMED CONFIRMED HIGH'],
  ],
  [
    'an account number from before the single bill, spelled',
    STRANGER,
    asksAccount,
    [
      ['а ка восемьсот десять четыреста три', asksMeter],
      ['#5349', asksValue],
      ['#50100', readsBack],
      ['#1', 'bye accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
    ],
    ['5349 T1=50100 CUSTOMER NO_SERIAL OLD_ACCOUNT'],
  ],
  [
    'an old number of several accounts, of which the serial leaves one',
    STRANGER,
    asksAccount,
    [
      ['МГ242804', asksMeter],
      ['#9321', asksValue],
      ['#420', readsBack],
      ['#1', 'bye accepted;flags="NO_SERIAL OLD_ACCOUNT"'],
    ],
    ['9321 T1=420 CUSTOMER NO_SERIAL OLD_ACCOUNT'],
  ],
  [
    'a phone of two accounts',
    '+79635896059',
    asksAccount,
    [
      ['#0618', asksValue],
      ['#14100', 'value T2 asked;code=FEW_VALUES'],
      ['#17850', readsBack],
      ['#1', 'bye accepted'],
    ],
    ['0791 T1=14100 T2=17850 CUSTOMER'],
  ],
  [
    'an account with a slash, by keys',
    STRANGER,
    asksAccount,
    [
      ['#3601442', asksMeter],
      ['#8457', asksValue],
      ['#82400', readsBack],
      ['#1', 'bye accepted;flags="NO_SERIAL"'],
    ],
    ['8457 T1=82400 CUSTOMER NO_SERIAL'],
  ],
  [
    'the same reading again is a duplicate, and so no event',
    STRANGER,
    asksAccount,
    [
      ['#2880950488', asksMeter],
      ['#5057', asksValue],
      ['#56311', readsBack],
      ['#1', 'bye duplicate'],
    ],
    [],
  ],
  [
    'silence to the end',
    STRANGER,
    asksAccount,
    [
      ['…', asksAccount],
      ['…', asksAccount],
      ['…', 'operator none;code=HELP'],
    ],
    [],
  ],
  [
    'three mishearings',
    STRANGER,
    asksAccount,
    [
      ['какая сегодня погода', asksAccount],
      ['девять один один', asksAccount],
      ['#2880000000', 'operator none;code=HELP'],
    ],
    [],
  ],
  [
    'an operator by word, with a value on the way',
    STRANGER,
    asksAccount,
    [
      ['#2880950488', asksMeter],
      ['#5057', asksValue],
      ['#56399', readsBack],
      ['соедините с оператором', 'operator held;code=UNCONFIRMED'],
    ],
    [],
  ],
]
