// What an administrator types into the settings of a chat, shown before it is saved.
const TEXTS = ["title", "subtitle", "greeting"]
const CHOICES = { theme: ["auto", "light", "dark"], position: ["start", "end"] }

/** Of the typed look, as much as could be saved; the rest stays as it was.
 * @param {Record<string, unknown>} values settings of the channel */
export function saveable(values) {
  const { colour, team, away, privacy_url } = values
  const found = {}
  for (const name of TEXTS) if (typeof values[name] === "string") found[name] = values[name]
  for (const [name, known] of Object.entries(CHOICES)) if (known.includes(values[name])) found[name] = values[name]
  if (/^#[\da-f]{6}$/i.test(String(colour))) found.colour = colour
  if (typeof team === "string") found.team = team.split(",").map((name) => ({ name: name.trim() })).filter(({ name }) => name)
  if (typeof away === "string" && away) found.away = away // none: the text of the business hours, which the hub knows
  if (privacy_url === "" || /^https:\/\/./i.test(String(privacy_url))) found.privacy_url = privacy_url
  return found
}
