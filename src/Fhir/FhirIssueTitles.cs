namespace Vkp.Fhir;

/// <summary>What each code means in a few words of bokmål, for the display of a finding beside its English message.</summary>
public static class FhirIssueTitles
{
    /// <summary>Never empty: a code without a title is shown by itself.</summary>
    public static string Of(string code) => code switch
    {
        FhirIssueCodes.NotJson => "Ikke gyldig JSON",
        FhirIssueCodes.LimitExceeded => "For stor eller for dyp melding",
        FhirIssueCodes.NotUtf8 => "Ikke gyldig UTF-8",
        FhirIssueCodes.DuplicateProperty => "Samme egenskap to ganger",
        FhirIssueCodes.ResourceType => "Ukjent eller manglende ressurstype",
        FhirIssueCodes.UnknownElement => "Ukjent element",
        FhirIssueCodes.WrongShape => "Feil form: objekt, liste eller enkeltverdi",
        FhirIssueCodes.WrongFormat => "Verdien er skrevet feil",
        FhirIssueCodes.EmptyValue => "Tom verdi",
        FhirIssueCodes.ChoiceTwice => "To typer av samme element",
        FhirIssueCodes.SingleForArray => "Enkeltverdi der liste kreves",
        FhirIssueCodes.ArrayForSingle => "Liste der enkeltverdi kreves",
        FhirIssueCodes.WrongLiteral => "Tall, tekst eller sann/usann er forvekslet",
        FhirIssueCodes.StrayBlanks => "Mellomrom før eller etter verdien",
        FhirIssueCodes.MisspeltCanonical => "Adressen er feilskrevet",
        FhirIssueCodes.Missing => "Påkrevd element mangler",
        FhirIssueCodes.TooMany => "For mange forekomster",
        FhirIssueCodes.WrongType => "Feil type",
        FhirIssueCodes.NotFixed => "Verdien er ikke den fastsatte",
        FhirIssueCodes.NotPattern => "Verdien følger ikke mønsteret",
        FhirIssueCodes.NotInValueSet => "Koden er ikke i det påkrevde kodeverket",
        FhirIssueCodes.OutsideExtensible => "Koden er utenfor det anbefalte kodeverket",
        FhirIssueCodes.NotChecked => "Ikke kontrollert",
        FhirIssueCodes.SliceClosed => "Ikke blant det som er tillatt her",
        FhirIssueCodes.ReferenceTarget => "Referanse til feil ressurstype",
        FhirIssueCodes.Invariant => "Regelen er brutt",
        FhirIssueCodes.UnknownProfile => "Ukjent profil",
        FhirIssueCodes.BundleRule => "Feil i Bundle",
        FhirIssueCodes.UnresolvedReference => "Referansen fører ingen steder",
        FhirIssueCodes.TextAgainstCode => "Kode og tekst sier forskjellige ting",
        FhirIssueCodes.SystemNotUri => "System er ikke en adresse",
        _ => code,
    };
}
