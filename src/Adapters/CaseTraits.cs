namespace Vkp.Adapters;

/// <summary>
/// What an event means to other events about the same patient, beside opening or closing a case. The names are permanent: they stand in stored events.
/// </summary>
[Flags]
public enum CaseTraits
{
    None = 0,

    /// <summary>About a device alone, touching no dose and nobody: of interest to technicians, and settled without a note when it passes by itself.</summary>
    Technical = 1,

    /// <summary>Says that something did not happen, or that nobody knows; a later word about the same thing can take its place.</summary>
    Provisional = 2,

    /// <summary>Provisional because the outcome is unknown: a later verdict of any kind takes its place.</summary>
    Unknown = 4,

    /// <summary>What came of a thing in the end: takes the place of what is provisional about it.</summary>
    Outcome = 8,

    /// <summary>Puts right or takes back what an earlier event said about the same thing; worth a note only when that is in the journal.</summary>
    Correction = 16,

    /// <summary>Adds to a case that may be open or closed.</summary>
    Addendum = 32,

    /// <summary>A closing that a device made by itself: nobody has written anything.</summary>
    ByMachine = 64,

    /// <summary>A deviation from what was planned, as opposed to a confirmation that all went well.</summary>
    Deviation = 128,
}
