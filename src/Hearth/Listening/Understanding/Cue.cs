namespace Hearth.Listening.Understanding;

/// <summary>Which lists have an entry that begins with a word: one look-up a word tells which lists need not be asked.</summary>
[Flags]
internal enum Cue
{
    None = 0,
    Weight = 1,
    Modifier = 2,
    Topic = 4,
    Failure = 8,
    Fulfilled = 16,
    Emotion = 32,
    Urgency = 64,
    Expected = 128,
    Delivered = 256,
    Number = 512,
    Unit = 1024,
    Day = 2048,
    Late = 4096,

    /// <summary>This and the bits after it: intent n has bit n.</summary>
    Intent = 1 << 16,
}
