namespace Vkp.Hub.Privacy;

/// <summary>Every size and time of the room, each with its reason.</summary>
public static class PrivacyLimits
{
    /// <summary>Stream keys kept in memory: with its AES set-up some 1.5 kB each, 75 MB at most.</summary>
    public const int StreamKeysCachedMax = 50_000;

    /// <summary>Aliases kept in memory; a patient has one or two.</summary>
    public const int AliasesCachedMax = 100_000;

    /// <summary>How long a key is used without asking the database again: the time within which a shredded key is dead on every node.</summary>
    public static readonly TimeSpan KeyAgeMax = TimeSpan.FromMinutes(1);

    /// <summary>A body opened may not grow beyond this: a small sealed body must not fill the memory.</summary>
    public const int PlainBytesMax = 32 * 1024 * 1024;

    /// <summary>Stream keys re-wrapped per transaction during a rotation.</summary>
    public const int RewrapKeysPerStep = 500;
}
