/** Enough for the person to know it again, too little for anybody else. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const masked = `${email.slice(0, 1)}•••${email.slice(at)}`;
  return masked.length <= 64 ? masked : `${masked.slice(0, 63)}…`;
}

export function maskPhone(phone: string): string {
  return `•••• ${phone.slice(-2)}`;
}
