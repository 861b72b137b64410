import type { MailTexts } from '../texts.ts';
import { pluralIn } from './plural.ts';

const locale = 'es';
const plural = pluralIn(locale);
const units = {
  day: ['todos los días', 'días'],
  week: ['todas las semanas', 'semanas'],
  month: ['todos los meses', 'meses'],
} as const;

export const es: MailTexts = {
  locale,
  greeting: ({ name }) => `Hola, ${name}:`,
  from: ({ origin }) => `Conclave, ${origin}`,
  instant: ({ day, time }) => `${day} a las ${time} (UTC)`,
  device: ({ browser, system }) =>
    system === null ? (browser ?? 'Un navegador') : `${browser ?? 'Un navegador'} en ${system}`,
  invitation: {
    subject: ({ inviter }) => `${inviter} le invita a Conclave`,
    why: ({ inviter, service }) =>
      `${inviter} ha creado una cuenta para usted en ${service}, donde las reuniones están cifradas de extremo a extremo.`,
    open: 'Abra este enlace para elegir una contraseña y empezar:',
    openSignOn: 'Abra este enlace para empezar. Inicie sesión con la cuenta que tiene en su organización:',
    until:
      'Funciona una sola vez, durante siete días. Si no esperaba ninguna invitación, no haga nada: sin usted no hay cuenta.',
  },
  reset: {
    subject: 'Elija una contraseña nueva',
    why: 'Alguien, esperamos que usted, ha pedido una contraseña nueva para su cuenta. Abra este enlace para elegirla:',
    until: 'Funciona una sola vez, durante una hora.',
    notYou: 'Si no ha sido usted, no haga nada: su contraseña sigue siendo la misma.',
  },
  passwordChanged: {
    subject: 'Se ha cambiado su contraseña',
    what: ({ when }) =>
      `La contraseña de su cuenta se cambió el ${when}. Se ha cerrado la sesión en todos los demás dispositivos.`,
    notYou: 'Si no ha sido usted, elija una nueva ahora y avise a su administrador:',
  },
  passwordRemoved: {
    subject: 'Se ha quitado su contraseña',
    what: ({ when }) =>
      `La contraseña de su cuenta se quitó el ${when}: desde ahora inicia sesión sin ella. Se ha cerrado la sesión en todos los demás dispositivos.`,
    notYou: 'Si no ha sido usted, elija una nueva ahora y avise a su administrador:',
  },
  newDevice: {
    subject: ({ device }) => `Nuevo inicio de sesión: ${device}`,
    what: ({ device, when }) =>
      `El ${when} se inició sesión en su cuenta con un navegador que no se había usado antes para ella: ${device}.`,
    notYou: 'Si no ha sido usted, cierre aquí la sesión de ese dispositivo y elija una contraseña nueva:',
  },
  identityLinked: {
    subject: ({ provider }) => `Su cuenta se ha vinculado con ${provider}`,
    what: ({ provider, when }) =>
      `El ${when} su cuenta se vinculó con una cuenta de ${provider}, con la que desde ahora se puede iniciar sesión en ella.`,
    notYou:
      'Si no ha sido usted, quite aquí el vínculo, elija una contraseña nueva y avise a su administrador:',
  },
  meeting: {
    untitled: 'Reunión',
    subject: ({ inviter, title }) =>
      title === null ? `${inviter} le invita a una reunión` : `${inviter} le invita: ${title}`,
    changedSubject: ({ title }) => `Invitación actualizada: ${title}`,
    cancelledSubject: ({ title }) => `Cancelada: ${title}`,
    why: ({ inviter, email, service }) =>
      `${inviter} (${email}) le invita a una reunión cifrada de extremo a extremo en ${service}.`,
    what: ({ title }) => `Asunto: ${title}`,
    when: ({ when }) => `Cuándo: ${when}`,
    open: ({ name }) =>
      `Este enlace es solo para usted. A quien entra con él se le muestra como invitado con el nombre de ${name}, así que no se lo pase a nadie:`,
    passcodeApart: ({ inviter }) =>
      `Se le pedirá un código de acceso. ${inviter} se lo enviará por otro medio: este mensaje por sí solo no abre nada.`,
    notYou: ({ inviter }) =>
      `Si no conoce a ${inviter}, no haga nada. Sin el código de acceso no hay reunión.`,
    cancelled: ({ inviter }) => `${inviter} ha cancelado esta reunión o la ha quitado del calendario.`,
    entry: ({ inviter }) => `Una reunión de ${inviter}, cifrada de extremo a extremo.`,
  },
  schedule: {
    sameDay: ({ day, from, to, zone }) => `${day}, de ${from} a ${to} (${zone})`,
    overnight: ({ day, from, lastDay, to, zone }) =>
      `desde el ${day}, ${from}, hasta el ${lastDay}, ${to} (${zone})`,
    every: ({ every, interval }) =>
      interval === 1 ? units[every][0] : `cada ${interval} ${units[every][1]}`,
    // Only those that end in a vowel have a plural of their own.
    onDays: ({ days, and }) => and(days.map((day) => `los ${day.endsWith('s') ? day : `${day}s`}`)),
    times: ({ count }) => `${count} ${plural(count, 'vez', 'veces')}`,
    until: ({ day }) => `hasta el ${day}`,
  },
  missedCall: {
    subject: 'Tiene una llamada perdida',
    what: ({ caller, when }) => `${caller} le llamó el ${when}.`,
    why: 'Recibe este mensaje porque eligió que se le avisara por correo de las llamadas perdidas. En la misma página puede desactivarlo.',
  },
  addressChanged: {
    subject: 'Se ha cambiado la dirección de su cuenta',
    what: ({ when }) =>
      `El directorio de su organización dio otra dirección a su cuenta el ${when}. Se ha cerrado la sesión en todos los dispositivos, y desde ahora los mensajes sobre la cuenta van a la dirección nueva.`,
    notYou: 'Si no sabe nada de esto, avise ahora a su administrador.',
  },
  attack: {
    subject: 'Alguien intenta adivinar contraseñas',
    one: ({ account, attempts }) =>
      `Ha habido más de ${attempts} contraseñas incorrectas para ${account} en poco tiempo.`,
    many: ({ attempts }) =>
      `Ha habido más de ${attempts} contraseñas incorrectas para muchas cuentas en poco tiempo, desde lugares desde los que nadie había iniciado sesión antes.`,
    done: 'Durante un tiempo se rechazan más intentos. Quien venga con un navegador que ya haya usado puede seguir iniciando sesión.',
  },
  factors: {
    kinds: {
      totp: 'Una aplicación de autenticación',
      email: 'Un código por correo',
      sms: 'Un código por SMS',
      passkey: 'Una clave de acceso',
    },
    code: {
      subject: 'Su código de Conclave',
      why: {
        'second-step': 'Introduzca este código para terminar de iniciar sesión:',
        confirm: 'Introduzca este código para confirmar que es usted:',
        'set-up': 'Introduzca este código para activar los códigos por correo:',
      },
      until:
        'Vale durante 10 minutos. No se lo diga a nadie: nadie que trabaje para este servicio se lo pide.',
      notSigningIn: 'Si no está iniciando sesión ahora, alguien conoce su contraseña. Cámbiela.',
      sms: ({ code }) => `${code} es su clave de Conclave. Vale durante 10 minutos. No se la diga a nadie.`,
    },
    guessed: {
      subject: 'Puede que alguien conozca su contraseña',
      what: 'Alguien ha introducido la contraseña de su cuenta y después varios códigos incorrectos como segundo factor. No ha conseguido entrar, y durante un tiempo se rechazan más intentos.',
      next: 'Si no ha sido usted, elija ahora una contraseña nueva:',
    },
    added: {
      subject: 'Se ha añadido un segundo factor a su cuenta',
      what: ({ kind, when }) =>
        `${kind} puede usarse desde ahora para iniciar sesión en su cuenta. Se configuró el ${when}.`,
    },
    removed: {
      subject: 'Se ha quitado un segundo factor de su cuenta',
      what: ({ kind, when }) =>
        `${kind} ya no puede usarse para iniciar sesión en su cuenta. Se quitó el ${when}.`,
    },
    reset: {
      subject: 'Se han restablecido sus segundos factores',
      what: ({ when }) =>
        `Un administrador quitó todos los segundos factores y códigos de recuperación de su cuenta el ${when} y cerró todas sus sesiones.`,
      byPassword: 'Inicie sesión con su contraseña y configure uno nuevo.',
      withoutPassword:
        'Su cuenta no tiene contraseña: si no inicia sesión a través de su organización, elija una aquí y configure después un nuevo segundo factor:',
      notAsked: 'Si no lo ha pedido, avise inmediatamente a su administrador.',
    },
    recovery: {
      subject: 'Se ha usado un código de recuperación',
      what: ({ when, left }) =>
        `Uno de sus códigos de recuperación se usó para iniciar sesión el ${when}. ${plural(left, 'Queda', 'Quedan')} ${left}.`,
      few: 'Cree otros nuevos:',
    },
    notYou:
      'Si no ha sido usted, elija una contraseña nueva, revise sus segundos factores y avise a su administrador:',
  },
};
