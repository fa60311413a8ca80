namespace Vkp.Cli.Doctor;

/// <summary>`Ok`: there and fit. `Note`: not needed, or worth knowing. `Missing`: the hub does not run until the advice is followed.</summary>
public enum Verdict
{
    Ok,
    Note,
    Missing,
}

/// <summary>One thing looked at: what was found, and what to do about it (null when nothing needs doing).</summary>
public sealed record Finding(string Name, Verdict Verdict, string Found, string? Advice = null);
