namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>Why people press: the list a Norwegian response centre's operators choose from.</summary>
internal static class Causes
{
    private static readonly Dictionary<string, string> ByCode = new()
    {
        ["other"] = "Annet",
        ["anxiety"] = "Bekymring/angst",
        ["burn"] = "Brannskader",
        ["chestPain"] = "Brystsmerter",
        ["diabetes"] = "Diabetes",
        ["directNotification"] = "Direktevarsling",
        ["doorAlarm"] = "Døralarm",
        ["fall"] = "Fall",
        ["falseAlarm"] = "Falsk alarm/feiltrykk",
        ["confusion"] = "Forvirret/uklar",
        ["repeatedCall"] = "Gjentatt alarmanrop",
        ["palpitations"] = "Hjertebank",
        ["stroke"] = "Hjerneslag",
        ["seizure"] = "Krampe/epilepsi",
        ["nausea"] = "Kvalme/oppkast",
        ["medicines"] = "Medisiner",
        ["generalDecline"] = "Nedsatt allmenntilstand",
        ["noContact"] = "Oppnår ikke kontakt",
        ["practicalHelp"] = "Praktisk hjelpebehov",
        ["breathing"] = "Pustevansker",
    };

    /// <summary>The operator's word in bokmål; a code outside the list stands as it is.</summary>
    public static string Text(string code) => ByCode.GetValueOrDefault(code, code);
}
