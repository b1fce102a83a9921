/** What an address says at its beginning. */
export interface AddressPlace {
  readonly province: string | null
  readonly city: string | null
  readonly district: string | null
}

const municipalities = ['北京市', '上海市', '天津市', '重庆市']
const pattern =
  /^(?:(\p{Script=Han}{2,3}省|\p{Script=Han}{2,8}?自治区|(?:北京|上海|天津|重庆)市))?(\p{Script=Han}{2,10}?(?:自治州|地区|盟|市))?(\p{Script=Han}{1,6}?(?:自治县|[区县旗]|市))?/u

/** 北京市海淀区… → 北京市, 北京市, 海淀区; 福建省漳州市芗城区… → its three. Only what begins with a province or city counts. */
export function placeOfAddress(address: string): AddressPlace {
  const [, province = null, city = null, district = null] = pattern.exec(address) ?? []
  if (province !== null && municipalities.includes(province)) return { province, city: province, district }
  if (province === null && city === null) return { province: null, city: null, district: null }
  return { province, city, district }
}
