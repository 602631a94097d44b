/** Two soft tones, made here: no file to fetch. */
export function beep() {
  const context = new AudioContext()
  const volume = new GainNode(context, { gain: 0 })
  volume.connect(context.destination)
  for (const [start, frequency] of [[0, 660], [0.12, 880]]) {
    const tone = new OscillatorNode(context, { frequency })
    tone.connect(volume)
    tone.start(context.currentTime + start)
    tone.stop(context.currentTime + start + 0.12)
  }
  volume.gain.linearRampToValueAtTime(0.06, context.currentTime + 0.02)
  volume.gain.linearRampToValueAtTime(0, context.currentTime + 0.3)
  setTimeout(() => context.close(), 600)
}
