namespace Vkp.Hub.DeadLetters;

/// <summary>Why something waits, in the words of the people who have to act, in bokmål; the code beside it is the same for everybody.</summary>
public static class Causes
{
    /// <param name="code">The error's code, VKP-5nn, or VKP-61n for what a journal system answered by itself.</param>
    /// <param name="message">What the last attempt was told; its codes in brackets tell refusals of one code apart.</param>
    public static (string Cause, string Advice) Of(string state, string? code, string? message)
    {
        if (state == "withdrawn") return ("Trukket tilbake: skal ikke journalføres.", "Gjenopprett hvis det likevel skal journalføres ('vkp dead-letters restore').");
        if (state == "unknown") return ("Ingen vet om journalsystemet har fått meldingen.", "Se etter «Ref. VKP» og meldingens id i journalen. Står den der: 'vkp dead-letters confirm'. Står den ikke der: 'vkp dead-letters retry'.");
        return code switch
        {
            "VKP-509" => ("Meldingen nevner ikke pasienten med et nummer journalsystemet bruker.", "Registrer pasientens nummer i konfigurasjonen, og send på nytt."),
            "VKP-510" => ("Journalsystemet kjenner ikke pasienten.", "Registrer pasienten i journalsystemet eller rett nummeret, og send på nytt."),
            "VKP-511" => ("Pasienten har ingen aktiv tjeneste i journalsystemet.", "Registrer tjenesten i journalsystemet, og send på nytt."),
            "VKP-517" => ("Journalsystemet har flere pasienter med samme nummer.", "Rett opp pasientene i journalsystemet, og send på nytt."),
            "VKP-610" => ("Journalsystemet kjenner ikke pasienten.", "Registrer pasienten i journalsystemet eller rett nummeret, og send på nytt."),
            "VKP-611" => ("Journalsystemet sier at pasienten ikke er kommunens.", "Avslutt pasientens tjenester i konfigurasjonen, eller rett pasienten, og trekk tilbake eller send på nytt."),
            "VKP-612" => ("Pasienten har ingen aktiv tjeneste i journalsystemet.", "Registrer tjenesten i journalsystemet, og send på nytt."),
            "VKP-613" => ("Journalsystemet har det samme innholdet fra før.", "Se hvilket system som sendte det først, og trekk meldingen tilbake."),
            "VKP-614" => ("Journalsystemet kan ikke bruke innholdet.", "Be leverandøren sende en rettelse, og trekk meldingen tilbake."),
            "VKP-615" => ("Journalsystemet sier at dette ikke hører hjemme i en journal.", "Trekk meldingen tilbake; velg 'never' for hendelsen hvis den aldri skal journalføres."),
            "VKP-619" => ("Journalsystemet avviste dokumentet uten å si hvorfor.", "Spør den som drifter journalsystemet, med meldingens id."),
            _ => OfRefusal(message ?? ""),
        };
    }

    private static (string Cause, string Advice) OfRefusal(string message)
    {
        const string Again = "Rett årsaken i journalsystemet, og send på nytt.";
        if (message.Contains("1.3", StringComparison.Ordinal)) return ("Journalsystemet sier at pasienten ikke har en aktiv tjeneste.", Again);
        if (message.Contains("2.1", StringComparison.Ordinal)) return ("Journalsystemet sier at fødselsnummeret er ugyldig.", Again);
        if (message.Contains("UNKNOWN_PATIENT", StringComparison.Ordinal)) return ("Journalsystemet kjenner ikke pasienten.", "Registrer pasienten i journalsystemet eller rett nummeret, og send på nytt.");
        if (message.Contains("HTTP 401", StringComparison.Ordinal) || message.Contains("HTTP 403", StringComparison.Ordinal)) return ("Journalsystemet slipper ikke knutepunktet inn.", "Kontroller tilgangen (nøkkel, sertifikat, klient), og send på nytt.");
        if (message.Contains("HTTP 404", StringComparison.Ordinal)) return ("Journalsystemet har ikke denne adressen.", "Kontroller adressen i konfigurasjonen, og send på nytt.");
        if (message.Contains("HTTP 413", StringComparison.Ordinal)) return ("Meldingen er for stor for journalsystemet.", "Journalfør for hånd, og trekk meldingen tilbake.");
        return ("Journalsystemet avviste meldingen.", "Se 'vkp trace' for hva det svarte. " + Again);
    }
}
