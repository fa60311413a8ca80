namespace Vkp.Adapters.Composing;

/// <summary>How long an event is news.</summary>
internal static class Freshness
{
    /// <summary>What a nurse follows up during the day; after that the text says that it was registered late.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>A call for help: later than this somebody has acted or nobody will because of the message.</summary>
    public static readonly TimeSpan Alarm = TimeSpan.FromMinutes(15);
}
