import { type Html, html } from '../../channel/html.ts'
import { type Customer, customers, formSample } from './customers.ts'
import type { MessengerName } from './played-messenger.ts'

/** The demonstration's page: phone, chats, form, and the events as billing sees them. `assets`: address of their folder; `run`: names this start. */
export function demoPage(assets: string, run: string): Html {
  return html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Шлюз показаний — демонстрация</title>
<link rel="icon" href="${assets}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets}/demo.css">
<script type="module" src="${assets}/demo.ts"></script>
</head>
<body data-run="${run}">
<header>
<h1>Шлюз показаний</h1>
<p>Сыграйте клиента: отправьте SMS, позвоните, поговорите с ботом или заполните форму — и смотрите, что получает биллинг. Все данные вымышлены.</p>
</header>
<main>
<section class="play" aria-labelledby="phone-title">
<h2 id="phone-title">1. Телефон клиента</h2>
<fieldset class="customers"><legend>Кто пишет</legend>${customers.map(customerChoice)}</fieldset>
<div class="phones">${smsPhone()}${callPhone()}${chatPhone('viber', 'Viber')}${chatPhone('telegram', 'Telegram')}</div>
</section>
<section class="form" aria-labelledby="form-title">
<h2 id="form-title">2. Веб-форма</h2>
<div class="beside"><div>
<p>Откройте форму и введите номера — или выберите там фото этого QR-кода со счёта.</p>
<p><a class="button" href="/pokazaniya" target="_blank" rel="noopener">Открыть форму</a></p>
<dl><div><dt>Лицевой счёт</dt><dd>${formSample.account}</dd></div>
<div><dt>Счётчик</dt><dd>${formSample.meter}</dd></div>
<div><dt>Показания</dt><dd>${formSample.values}</dd></div></dl>
</div>
<p><a href="/demo/bill.png" download="bill-qr.png"><img class="qr" src="/demo/bill.png" alt="QR-код счёта с лицевым счётом и номером счётчика" width="180" height="180"><br>Скачать QR-код</a></p>
</div>
</section>
<section class="billing" aria-labelledby="events-title">
<h2 id="events-title">3. События для биллинга</h2>
<p class="soft" id="waiting">Пока событий нет. Они появятся здесь сразу после приёма.</p>
<ol class="events" id="events" aria-live="polite" aria-label="События"></ol>
</section>
</main>
</body>
</html>
`
}

function customerChoice({ id, name, phone, about, texts, said, spoken }: Customer, index: number): Html {
  return html`<label><input type="radio" name="customer" value="${id}" data-phone="${phone}" data-texts="${JSON.stringify(texts)}" data-said="${JSON.stringify(said)}" data-spoken="${JSON.stringify(spoken)}"${index === 0 && html` checked`}><span><b>${name}</b> ${phone}<br><small>${about}</small></span></label>`
}

function smsPhone(): Html {
  return html`<div class="phone" role="group" aria-labelledby="sms-title">
<h3 id="sms-title">SMS</h3>
<ol class="chat" id="chat" aria-live="polite" aria-label="Переписка по SMS" tabindex="0"></ol>
<div class="texts" id="texts" role="group" aria-label="Примеры SMS"></div>
<form id="sms"><label for="text">Сообщение</label>
<div class="row"><input id="text" name="text" autocomplete="off" required maxlength="1600"><button>Отправить</button></div></form>
</div>`
}

function callPhone(): Html {
  return html`<div class="phone call" role="group" aria-labelledby="call-title">
<h3 id="call-title">Звонок</h3>
<ol class="chat" id="call-chat" aria-live="polite" aria-label="Разговор" tabindex="0"></ol>
<p class="receiver"><button type="button" id="call-dial">Позвонить</button><label class="aloud"><input type="checkbox" id="call-aloud">вслух</label><output id="call-display" aria-label="Набрано"></output></p>
<div class="keypad" id="call-keys" role="group" aria-label="Клавиатура телефона"></div>
<div class="texts" id="call-texts" role="group" aria-label="Что можно сказать"></div>
<form id="call-form"><label for="call-text">Сказать</label>
<div class="row"><input id="call-text" autocomplete="off" required maxlength="1000"><button>Сказать</button></div></form>
</div>`
}

function chatPhone(messenger: MessengerName, name: string): Html {
  return html`<div class="phone ${messenger}" role="group" aria-labelledby="${messenger}-title">
<h3 id="${messenger}-title">${name}</h3>
<ol class="chat" id="${messenger}-chat" aria-live="polite" aria-label="Чат ${name}" tabindex="0"></ol>
<div class="keyboard" id="${messenger}-keyboard" role="group" aria-label="Клавиатура ${name}" hidden></div>
<div class="start" id="${messenger}-start" hidden>
<button type="button" data-does="open">Открыть чат</button>
<button type="button" class="quiet" data-does="link">Открыть по ссылке со счёта</button>
</div>
<div class="texts" id="${messenger}-texts" role="group" aria-label="Что можно отправить в ${name}"></div>
<form id="${messenger}-form"><label for="${messenger}-text">Сообщение в ${name}</label>
<div class="row"><input id="${messenger}-text" autocomplete="off" required maxlength="4000"><button>Отправить</button></div></form>
</div>`
}
