// Estonian for stem.js, in whichever order the two are loaded, and for src/words/stem/estonian.rs, which reads this
// file too. Letters are folded. Lines 1, 2 and 3: how many letters have to stay, what may stand before (C is a
// consonant or the beginning, V a vowel, a full stop anything), endings that go; 1 and 2 apply once, 3 again and again.
// Line 0 comes before them and is for words that nothing tells: how many letters go, what comes instead, ends of words.
// The lines after "=" are of that form too and apply to what is left after 3; "^" is the beginning of a word. They are
// made by tests/search/learn.py, which says from what. "first" and "head" are what compounds are made of.
globalThis.JuhendStemRules = { ...globalThis.JuhendStemRules, et: `
0 2ske jalase
0 3ske jalaset
0 2de aruanne
0 3de aruannet
0 2be ^turve foturve erturve
0 3be ^turvet foturvet erturvet
1 3 . takse dakse tagu dagu taks daks nud tud dud mata mast mas maks ma
1 3 V sime site ksid sin sse le lt ks ga ta na vad sid
1 4 CV des tes t n
1 3 CV da ni l b d me
1 3 a,e,i,o,lku,iku st
1 3 us t
1 3 a,e,i,o,lku,iku,aku s
1 4 Cai,Cei,Cui ni l
1 3 a,e,o,u id
1 4 aloo,eloo,iloo,sloo,uloo d l ni
1 4 al,an,ar,el,en,er,ol,on,or t
2 3 CV,r,l de
2 4 V,us,is,as,es,l,r,an,en te
2 3 Ca,Ce,Ci,Cu,ia,ie,ii,ai,r,l,v,n,t,s,d,k ne
2 4 a,e,u i
3 3 a,e,i,o s
3 4 r,l,v,n,t s
3 4 CV t n l ta da
3 3 Ca,Ci,nai,r,l,v,n,t,s,d,k ne
=
0 ^aarm ^aek ^aktsii ^aua ^auat ^big ^hag ^jaa ^jarkn ^jatag ^jug ^juht ^kaar ^kan ^kas ^kig ^kih ^komp ^kon ^kort ^krii ^krus ^kug ^kuut ^lag ^leet ^lig ^liik ^mag ^mah ^mat ^mug ^nai ^nan ^nii ^nurks ^oiat ^oiu ^oiut ^oots ^orjus ^pag ^parasus ^pig ^pin ^pleet ^por ^pr ^pug ^puut ^rabed ^rakent ^rankus ^reg ^rig ^sag ^seet ^tag ^tait ^tas ^teat ^tei ^tig ^toot ^trug ^uksus ^unts ^vag ^val aakitavus aalest aan aitlevus akn akuut apeet apr apuut areek arem aroksus asii asul atk atsionaal avii beet bitk bran dieteet drig eelest eitetavus ekort eleg elekus elkus eloo enag entavus epr erii erit esklevus etetavus garantii geet getavus gnoo gopeet guan halikus han harkn harkus hetk hig hobed hulkus hvantus ian iiul ikee ilamus iletag ilikus iljant imlikus inoo intavus ipr isustus iteet itelj jalkus jan jarks jomak kag kahvatus kakitavus kaltasus kaua kean kiun klas knoo kolus koomn korts koue krig krogistus kropsatus kteriaal kulkn kumn kurii kustatus lan legag leksk lenig lestk ljoo lkatus lmn lolus looksus ltk lug lulikus mae maiam man mantuvus moikavus movlus mpr muiat nakatus narvak neet nirak niut nkaar nkartsus notk nsamus nteet nuuts og ogart okatus okustus omeet onekus opolus opr opurii oravus orea paitus pakent pan panii partii pii pinevus pliiat pokromaat poolus pravus prii prit ptii puiklevus putk rag rastsus reet rkii rknev rmikus ropist rpr rteet rteriit rtsionaal ruloo rval rvitavus seat seg setavus skaar skee skeet skort skuut smeet sootavus spin spuut steet stetavus suaalsus sug suht sulist surtsus taant tahentus taikn tan tg tilitaar tkii tmeet tobed tomukus toul tsoo tutk uhkus uksik uljentus ulpr ulu umarkus unkus upor upr urvak usii utlikus vaetavus van vankistus varii vig zuan
0a ^av ^os
0ad ^kev
0ail ^det
0ain dis
0ak ^lomp kahl prahv vops
0alist atsion ign rument zurn
0alisus ^astl ^lest ^riuk ^vilj ladv lasik lauk lein lohn magm pagant sarik
0alt ^eem
0anist brahm
0anisus fr
0ans osek
0ant ^form esult konst tuh
0as ^tsuv
0ast ^kaj ^kontr ^tuv
0asus adak jalak piim rubl somp takj vaarik
0atist epar plak
0atus iikest kahv kius kraaks krops lkest nutam pesem tuntm
0d are lamp
0e ^ol
0ed ^pim
0edus ^jam
0eks ^int kompl mfl
0elist ^ment evank
0elisus juuks libl oopm rantm teism
0elsus ^past
0elt jar peek
0em ^hul ^pis hab luh tas
0enist filum
0ent ^elem ^laam ^rak arkum egm leev mom okum pehm spar tih
0es ^aatr ^intr rogr
0est ^salv nif tihk
0estatus julk
0esus druk enak
0et ^brik ^etik blank dubl lornj onf sevr subr tual
0etist kupl
0iks maatr ref uf
0ilist ^tsiv osib
0ilisus ^miim ^riiv ^sideer agmaat agoor alakt amoop ampr ankt aperioot apoliit arlak asonk asumeetr ateet atiir dul ehaan emestr erneet eskoop etark hopaat jamp kemaat kleit kolast koleer konoom kromaat kvist lektr lept liipr lupt mismaat molook mpaat oteet parl pioot plaat ralook renolook rkeet rtoon sans siip siomaat stal stunt tarkt tilist tiraaz tmaat topeet trah umaat uramp zarkoon
0inalist krim
0inant eterm
0ist ^arab ^dent ^kar ^pian ^tak arod bantur bigam dual enar idiv ilantrop inink ipor itiv itsion katur klob ktav ktiv lklor lmud motor murk napart nform onan onom otsk otup ped perial raktor rokur sif sual tobr trem tsial umor usion viet
0istilisus kv stil
0istus plag
0isus eis iel plek seerial viiet
0it sla
0itsus pulp
0itus pilv
0j kir kuh val
0k ^jal ^jat ^kat ^lii ^loo ^peer kas las purs sul voo
0ks joo
0l ^artik ^boo ^haa ^hant ^hoo ^mant ^mee ^poo ^tiit ^tsuk ^tunk ^voo anee aroo emai fai jonks kee kint mei noo rea reek stii taa tahv
0lus naak
0m ^koor ^raa ^roo ^sil ^tree ^tuu ^voi ese fir hol jaa kaue klii laie liik maia na ruh teat tril truu
0n ^joo ^kum ^laa ^tar ii isai lou suu
0od meet
0oit tabl
0olist monk
0onent komp ksp
0onist ksof
0ot boik
0otses pr
0p ^um
0s ^eil ^kaut ^nuut esur kla kort laiu lu luu pre sean sioo tiu tou tran uloo
0ses prot
0set ^plan ^tert
0sisus nei
0sm seit
0st ^rii ^taa aoi atei eda kinea moi omi
0sus ^asuur ^siiv alaar apant ataal baar banaal dentaal deratiiv diit eduktiiv efinitiiv ekulaar elektiiv elikt eriaal esoon esoor esuaal etaal for gatoor gnant iaar iatiiv iktoor ikulaar ikvaar imentaar inatiiv irmatiiv itaar johv kausaal larunkaal lptuur ltatiiv mperatiiv nhool noliit nsatoor nsoor ntensiiv omiit otent piht privaat pturaal rfektiiv rmaal rofaan rogeen rpiaal rtatiiv saue seraan someer tinaal tinaar titiiv traal tsionaal uatiiv uiin urpulent usatiiv viaal vuur
0t ^abor ^au ^aukus ^en ^juh ^kes ^kii ^kor ^kur ^kuu ^mai ^mus ^muu ^oo ^pei ^puu ^rai ^saa ^soo ^sun ^taan ^tai ^taus ^tea ^too ^trus ^ui ^unus ^vas alan an antar ase asen aval bee eatvus eklus eral gen hagus hei hin hoi ien isikus jao jou kaar kai kaus kih kilus kintlus kon kraa lau leh lei lih lihtsus mah moo nai nou ope osu pin por prah ron ruu sea sih soe sol star suh taius teh toh tos tun uhen ule umar usal vaa valuu varian vii
0taks sun
0teks ^in
0tlus vor
0tm tea
0ts kor
0tus ^toe ^uuen aren ehi lpus ula uri
0ulilisus ^dakt
0ulisus hoim iilink kriim laast mulk suvik
0um aksim moont
0us ^abist ^aiut ^arent ^asut ^aurus ^el ^halik ^helk ^iivelt ^ilast ^iment ^jutust ^kinist ^lail ^liikl ^lulik ^ohtus ^oik ^olem ^raaks ^rikast ^risus ^rusus ^sant ^staat ^sunk ^suur ^tiin ^umist ^urks ^uuent ^vastik aalt adest ahert aimust ajad alad alentik aljatl amem aotl arant armik arnast aroks asetav bed blid dant eastik ebest eelist eenist egev ehit eksim elim enem enent enetl entl eriv esitl eskent fook gad guv hark helent hepik hoolt hoov huums idav ifs ihalt ihed inet inks irjast isist itlust itselt jamed janus jarsak jootelt joutl juhm jumest kahed kahist kauk kavalt kesk kiirk kilist kitsent kitsik knev kohust kolak kolpl komist ksik ksum kulast laged lagest leps lest ligem lohast lpem lpust mahik mahutav majant marus metl minest moorik naakl naapr nint nkarts nkim noos noust nsam nuhtl nuloos numert nunt ogem ohem ohkl ohut ohutav oistv omad onts ooms ootl oots opist opl ostetav paks pidus pimest plagist ponist raek rakent ramentik reast reost riiet rivist rjelt rulak rvent sarist satent saur savik seikl siits sitr sootust suntm surts tabav tahent teok tesks tiged tkest toet tohus totr tulem tulus udelt ukast ulat ulist uljent umark umast unonuums urit usim utert uupelt uurent vaarist vaart vaatl vaitl valant vam vankist vaost venest vestl viits viled vortl
0ust eatv
0utum riun
0utus kasn kulm kuum mulj rimps tolm viir vits
0v ^pol pae vae
1 ^aart ^arkoot ^arus ^asug ^asus ^avan ^edus ^elan ^halt ^jaak ^jaal ^jaam ^jaat ^kaanl ^kaart ^kalt ^kant ^kask ^kiht ^koom ^koon ^koop ^kulj ^kulk ^laht ^lahv ^lesk ^lops ^maht ^mootm ^oist ^olet ^oman ^otst ^pain ^pant ^part ^piin ^piit ^pint ^rask ^surk ^surt ^teatm ^tein ^valj ^vaus aant aapm aarm aatk abart aduut aial aian aiks akst aleriin aloet amart anust astilaat asun atsm autm avag avat boet boot briits buroot burt deot ean eat eatk eats eet eint eits eksl elag elat enuut eoi eravt eriit erin esin espriit etroot feel feen gart goraat gurt heal heitm hks hml hoits iat igat iiml iman imet irl irms jaan jaap joont juurt kaapl kahj koht kolm kouet kraapl ksk kuriit kuus kuut lahm laiak lasks leriil ljoot lobust lopm ltaut mag magust markm mat meg menuul menuus motl mult murt naik naim nain naip nihk ntiit nts nuun oat olen oolm oomust opi opk opuriit otsust ousk outs paikn pait paniit pars partiin peent piil pohj poorm praaks psm psust puhk puut raavl raguut rens rks rml rmort roovl rtiil rtiit rts rtust rutl sarj sasiit seatm seent sidurt siirt soont spoot stm sts surm suunt taht taie tait ti tilt tk tkiit tomp toot toust tsoot tuikl tulk tult tunust uhaat uhet uhin uht unun usiit uulk uult uuts variit varj vaul vaun vaut veerk visk vjuut vonkl votm vots vuut
1a jai mai osi saiu
1ant tuhj
1ar unr
1at ^sai lae rae sao
1atus kahvl
1bi ^ap
1d ^kot kao koj
1da ^it
1e ^olk ^olt ^uht idei oli oln olu tei
1el meh
1elet ^novl
1ent seemn
1eralist fodr
1ern modr
1ert ^ohvr esr spr
1ertus ^putr numr
1ev ^paa aisv oitsv
1g ^kok ^sus ^sut lao
1ga ^ik
1h lai
1i ^nag ^nak ^tee ^teh nae nah nao pah teg teo
1ilisus traht
1isus oielt
1it ^maa
1j ae asi kirt sad
1k ^aet ^kats ^liia ^loom ^loon ^loop ^loot ^selj ara hulj iua jalj jarj jats kulj lius liut lool marj naut oru pelj sulj telj uie usa usu
1kselisus ^juus
1l ^hoot ^keem ^keen ^keet ^kroot ^reat ^vook ^voon ^voot ahe hook keek keep pruut rean
1le ^on
1m ^voil ^voin ^voit maiat oip ruht voie voik
1n ^jarks ^joot ^suul ilms jook joom joop siia siik suus suut
1o toi
1ok ^loe ^roa loi
1on joi
1ot ^jag ^jak ^toi moe poe soh soi
1p ^orv halv helv kolv kuue tarv teav
1s ^oin apn fn inistug kaukug kn laiuk laiul laium laiun laiup laiut latug mn noustug oetug opn snutum
1si ^ee ^et
1t ^asem ^aul ^aun ^kaik ^kiin ^kuun ^kuus ^mail ^main ^muum ^muun ^ool ^oon ^oos ^puul ^puun ^puus ^ruun ^saam ^saan ^sean ^taie ^tail ^teap ^teav ^toom ^toon ^toop ^uik ^uil ^uin ^uus ^viim eam eiu ie jaol jaon jous kaia kail kaim kain kaip kaiu korn leia mes muuk muup muus noun nous ohu oia oiu oul saak saap seal sook soom soop taia taik taim tain taip tean took ua ue uis uiu ves viia viik viin viip voe
1tist plee
1tk jae kae
1tr manr
1tus ^toel ^toen viirus
1u kui pui
1um trui
1un sui
1us ^alk ^lait ala eepist etsast hoovl iimast suurt tohust usust
1ust kilt polk polt
1ustus olps
1usus pohk vahk vaht
1ut ^kui ^pui
1v haap leip narp pael paen paet vaen
2 ^aekus ^alantus ^asentus ^asetag ^avaltus ^enistus ^eristus ^esitag ^harus ^istus ^jaotus ^jutus ^kasus ^kestus ^koormus ^koraltus ^korkus ^mahus ^malus ^masus ^mustus ^muutus ^onestus ^otsak ^pakus ^pasus ^pikus ^pinus ^rakentus ^rasus ^rutavus ^rutus ^seist ^sidus ^sisestus ^sisus ^soltuvus ^tasem ^tasus ^uhentus ^ulakus ^utlevus aalestus aalus aarak aarekus aask aastavus aatak aevus agustus ahentus ahjem ahtlus aientus aikus aimus aint aitag aitsk aitus ajastus akavus akitavus aklevus aksak akutavus alimus alistus alug alustus antuvus aokus aplevus apustavus arakus arkak arkavus arkus arnakus asitlus astak astuvus asvus atistus auemus austus avig barus bivus bjakus brus dakus devus duvus dvakus dvem dvim eatavus eekitavus eementus eerak eerus eetus ehtivus eisentus eitavus eitus ekeltus eklevus elak eltuvus empavus empus enevus epavus epitavus eplus eraltus estatavus estikus etavus etitavus etlevus eventus g gavus haavus hakak halak harjakus hevus hkus hnem hnim hnus hoivak horkem htavus htk hupak hutatavus hvatavus idem ihakus ihestus ihistus iiakus iikuvus iimakus iirus iisakus iitavus iivus ikavus ikentus ikivus iklevus ilavus ilmus iltus ilustus imastus inevus inkitavus iolet iplavus ipsus ipus iput irak irentus irjak irmus isantus isevus itak itlevus iukus iunuvus ivig jahedus jarjestus jentus juhtus juntus jutavus kaarus kadus kaitsm kantk kants kanus keeltus keerlevus kikus kiled kistus klopsak klopsus klustus kneg kogus kohak kohentus kohus koikus kompak koontus korskavus kortuvus kpit krabed krus ksug kujus kukus kulus kustus laapak laenus lahmakus lahutavus lakak laltus lamed lamus latuvus lekus liikus liitus likum likus livus lkentus lkus lmak lmekus lmistus lobusus loikak loikus lonkak lopus lpakus lpavus ltatavus ltivus ltsakus luiskavus lukavus luvus madem maksus manset matavus mikus mistavus mit mneg mojus molakus mootus mootustus mpleksus mukus murtk murts murus mutavus muuntus naast naerus nekus netatavus nidusus nikus nklus nkus noutlus ntavus ntvus nupus odurus ogistus ohklevus oimekus oistus oivus oket oksus olkutavus olus olvavus omak omakus omastavus ompavus onastus onksus onutavus ookitavus oonistus oonukus oopitavus oorak oorus opavus opit ortus osakus oskavus osn otak otatavus otavus oukavus ousus outag outlevus ovakus oveltus ovig palus parmus patavus pekus piisk psug pulakus punutavus purustus puutus puvus raklus rapitavus ratlus ravus reltus rem rjus rkutavus rmak rmavus rnuvus roomus rpus rtree rukus ruutus rvak rvig rvus saatavus sagedus salkak saltus samus savus seatus segus seisk selkus seost sinakus sintus sjus sklevus skrit snutavus soltus sonus stlevus sustavus sutlus taantus taatlus tahistus taiustus talus tasantus tasug teatag tegusus tekus tikutavus tkak tkus tlet tostus totus tskus tst tukus tumed tuntus turakus tusitavus uakus udam ugevus ugus uhistus uhitavus uhmak uhus uitavus uivus uksus ulevus ultavus ultus ulug umplevus unustus upakus upres urvem usem ustak utikus utsug utsus utsuvus utuvus uulak uulus uunak vaevlevus vahed vajus valjastus valtavus vantus vanus varem varskus varus vastavus vekitavus vekus vestus vilakus virkus vitavus vlus voimus vorkus votus
2a jaim jain jait
2ai pea
2asus arikus
2at ^sain ^sait laet saim saol saon saot
2atus bimus inkestus ohestus
2br kopr pepr sopr tupr
2d aom aop kaon kaot lampus
2dr patr
2dvalisus latv
2e ^olus lit olin olut
2ea hai
2eal rid rit
2eat ^sig
2ed hkm
2ek ja
2eks komplus lot
2em pisim
2ertus vahkr
2est tihkus
2ev ^paat
2g lael laot
2gr kokr
2h ^laks
2he ^uks ^ust
2i ^teem ^teen ^teet ^teht naem naen naep naet nahk naht naol naon naot teep tehk teol teon teot
2id ^pee ^seo
2ig ^ved vea vee
2iga ^ea
2it ^maan ^maat maak maam maap
2j ^asig aek asit
2k ^katus ^liial ^liian ^liiat ^orus ^osak ^usus hus iusk jalus katug lootk nautl osat sulus usut
2kl igl
2kselisus juust
2kus ^oiet
2l ntis
2lisus aatist oopast riivist
2m anutuim orem riunutuim voitk
2n ^jooks joosk joost ken siial siian siiat suutk
2oetus ^tug
2ok ^loen ^loet ^loit loem loep loim loin loiu
2on joim join joit
2oo kub kud
2ook ^lug ^luk
2ot ^oil ^toin ^toit ohe poet soin soit toim
2p kuuel kuuen kuuet
2pj ubj
2r matar nkur untar upar utar
2s ^ainus otsent
2si ^eek ^eel ^een ^eet ees ete
2st ^laps
2t ^juhus ^meen ^ohus ^seans ^taiel ^taien ^uist ^veen agusus arisus eelus eius hinak iam iap iet iul iun iut jaost kaial kaian kaiat korak kuunt leian leiat moel oian oiat oius ouam ouet puuet ranak ranus raost rinus saast ual uan uap uat uiks uilt uius varak veel voet
2tertus pudr
2tj hudj odj
2tk jaet kaek kael kaem kaen kaep kaet kaev
2tlus vaiel
2tus lmust ueneg
2ub loa
2ug loo soo toe
2um ruim
2un suin
2us ^alak alat atkestag enetleg otleg rantag rjeltag tahentag toetag uentag uurentag
2ut ^kuin
2utus snee uuskl
2v eisev ksev ousev pev tev
3 ^haltus ^kaltus ^paikalt aasak ahtug ahtus aikest aikust ainest aitseg aljug alkust anaks anest ankest antaks asiivsus aunist avust biilsus binaarsus eisus elant elast erineg ersaalsus esent esineg etentsus gaatsus gatiivsus gitaalsus graalsus gulaarsus gument haljast haljent hjus hmelt hmist iimlus ikaalsus ikant ikneg ilkent iltist imaks imist inarist irast irmsus irtsum itmest jaakus joontag kankast kantug krabist ksist ktuursus kulkeg kurvast lans liinsus ljant lkist lohist lorsus lpast luutsus lvast maarsus motelk motelt naatsus nihkug noosig ntorist obustus ohjak ojent oleneg olpist oontug otkest otsustag ounast paasus paisus piisak progist pselt puhkig rantist rantsus rektsus rigist rment rnsus roonsus rskent rtsim rtsus rvelt sarjak siivist sment stsus sustus tagast tahtig tantsus tiinsus tiks torkest tragist trist tsug uaalsus uentsus uhineg ukist ulaks ununeg urmak utvust uunist vabast valjak valjus vaneg vantsus varjak varjug varjus veit
3ai ^peal pean peat
3ant uhjus
3e ^oltag olaks
3ea hait
3ek ^ajag ^ajan ajat
3ev paast
3id ^peet peam peap seom seon seop seot
3ig veal veam vean veap veat veet
3iga ^eal ^ean ^eat eas
3it maant
3k ^aetag loomus opug peljak uljak
3l hookus nkelk nkelt utelk utelt
3lah ^min
3lisus upsutus
3lus ootelk tootelt vaatelk vaatelt
3m luheneg voitus
3n akent oksk okst
3ok loiut
3ook luua luue
3oon juua juue
3oot tuua tuue
3ot jagag jagug jagus
3p kolvak varvus
3r aapert amert nkurt
3res ntern ompert
3si ^eelt eeks eels eest eln
3sk ileg midag
3t ^kaikus aastk iaks kaimus moelk moelt muuaks saapug viipig
3tl helk kahelt ohelt suhelt
3tlus aielt ielk orelk orelt
3tus snunum
3ub loal loan loat
3ug ^sool soel
3us ^alkus ailast laitus lmast santist
3ut puist
3utl ^oel
3utus lmelt
3v vaenus
4 ^alalisus ^arvutus ^eelmisus ^kaivitus ^muutatus ^paikutus ^partsus ^vahetus aakasus aamatus aaritus aevasus ahutus ahvatus ainetus almisus arjatus asvasus atag brusus dremus eiskug eiskus elutus emisus eratus erusus etag etesus etug gedasus hajutus harjutus horkutus iinisus iipsutus iivitus ilitus imisus initug initus itag iuksatus kankutus karvakus katus keltatus klisus kmisus ksasus ksutus ktitus kutug laapakus lajasus leeritus likasus litug lkasus lkisus lksatus lkutus lmant ltasus ltesus ltisus ltusus lulitus maikutus mikusus neg nikusus nkusus oistatus oivatus oklasus olitus olulisus onkutus oonisus orisus orvasus parasus prisus psatus purjutus rabedus raolisus ritug rmasus rmutus rnatus rpesus rpusus rteilisus rutelus rvetus smisus stisus tiirutus timatus tuulisus uentisus uhtlasus unatus ununum unutus urkutus urvemus usasus ustatus ustutus utag vadisus veeritus vitug vusetus
4ev ^paasus aseg
4i egelk egelt haks nahtug nahtus
4id ^seost
4ig edag
4ilisus iivatus
4k etaks lootsus
4l heled kelak telig
4lah ^mink mint
4n ^jooksus aretus
4nt rmalist
4oetus tugeg
4ok loitus
4oo kudus ubus udug
4ook ^lukus lugeg lukak lukug
4ot toimig toimug toimus
4r eros kerig verus
4t hoiatag iatus kurutus oietus oiutus osineg
4tk kaevus
4tum iununuim
4ulisus laastatus
4us helkitus ostatus suntmatus uureneg
4ust kiltsus
4utl ^oelk ^oelt
5 aikustus alkustus ankestus aununuim efonist gastag hnutuim ikestug irtsumus itsatus itseg kaltag kartsatus kiunutuim komponent kurvastus lohistag lortsutus lvastus nimalist paikaltus polist retist rnunuim rskentus tsitus tsusus tsutag tvustus unistus vatseg
5ai peatag peatug peatus
5ant uhjeneg
5i egeleg
5it maantug
5ook luuaks
5oon juuaks
5oot uuaks
5ot jaguneg
5r erans nkurtus
5res rnet
5si eeltag lneg
5um simalist
6 aalalisus aalilisus aikelisus aikulisus akulisus eanilisus eljalisus estelisus etelisus evalisus holisus iivalisus inelisus irmelisus isesus jatisus kikalisus lpalisus lpelisus mpulisus mutatus nkalisus nkelisus nrilisus ntrilisus nuselisus olkalisus olkilisus oltalisus ovilisus pikulisus ramilisus rhilisus rsalisus rvelisus rvilisus sakilisus semelisus skelisus tlilisus tsilisus tuselisus unalisus urilisus urvalisus ustalisus
6est katisus
6i gutseg
6ilisus alkalisus
6it aakatus
6lah inaks minkig
6oetus ugineg
6ok etelus
6ot itusus
6t onalisus saastatus
7 artelisus
7ust iltalisus
8 fonilisus matilisus
8it aakilisus
8r terilisus
first aadressi aarise aasta abi absoluut ainu aja akna ala alam alfa alg algus all alla alus ameti amortisatsiooni analuusi andme animatsiooni ara arendus arhiivi ari aru arv arveldus arvu arvuti arvutus asendamis asendus asja atribuudi auto automaat ava avaldamis avamis baas baidi biblio binaar biti bitt borsi brosuuri dia diagonaal dialoogi dis disaini dokumendi domeeni eba edasi edenemis eel ees eest efekti ekraani eksponent ekspordi ekvi elu era eraldus eri esi esile esinemis esitlus esitluse esitus esma ette faili faksi filtreerimis filtri finants fondi funktsiooni gamma graafika grupi haldus hele heli hetke hiire hoiatus holbustus hooldus horisontaal hulk huper hupik iga ikooni impordi info inter interneti intressi investeeringu ise isiku jaak jagamis jalgimis jaluse jaotus jarel jarele jarje joon joone joonistus juht juhu juur juurde kaardi kaas kae kahe kahend kaitse kaivitus kald kalendri kasu kasutaja kasutus kataloogi katte kaug keele kehtivus kella kerimis kesk keskkonna kesta ketta kiir kinni kinnitus kioski kirja kirje kirjutus klahvi klassifikatsiooni kliendi kloonimis kodu kogu koha koht kohtu kokku kolme koma kommerts kone kontakt konteksti kontori kontroll kontrolli kood koodi koolitus koond koordinaat koormus koos koostamis kordus korrelatsiooni korval korvale kover kovera kujundus kulg kulje kumnend kuu kuulaja kuva kuvamis kvaliteedi labi laenu lahi lahte lahtestamis lahti lahtri lapse lehe lehitsemis ligi liht liigendus liikumis liit liitmis lingi lipu lisa litsentsi loa loendi logi loigu loike loikumis lokaadi lokaliseerimis loogika lopp lopu luhi makro makse maksimum maksu mangu margi margistus marke massiivi mediaan meedia mees meetodi menuu meta miinimum milli minu mitme mitte mobiil mobiili moot motte multi murd murru muugi muut muute muutuja naaber nadala naidis nais navigatsiooni navigeerimis neli nelja nende nime nominaal noole normaal nou null numbri nummerdus nupu nurga nurk objekti oleku olemas oma opi oppe originaal osa ostu ots otse otsingu otsustus paaris paaste paberi paeva paigaldus paigutus paise paketi paneeli panga paralleel parandus parem paringu partner pea pealdise peale peegeldus perekonna perioodi piir pildi pileti pilgu pisi platvormi pliiatsi pohi pool poolitus poord poorde post posti prindi print printeri printimis programmeerimis programmi proovi protsendi protsent puha punktiir pusi pust raha rahvus rakendus rea reaal redigeerimis registri regressiooni riigi riist ring ripp riski rist ristumis roht rohu roop ruhma ruudu ruumi saatmis salvestus sama satete seadistus sega seose serveri siht sildi sirg sise sisend sisenemis sisestus sisse sisu skripti slaidi soetus sona sorteerimis sortimis standard stiili string stringi struktuuri sulgemis sumbol sumbolite sundmuse sunni suntaksi surma susteemi suur suurendus taas tabel tabeldus tabeli taga tagasi tagastus tahe tahele taht taide tais taite tark tasa tausta tava teabe teada teate teavitus teenuse tehte teisendamis teksti telefoni tervitus tesauruse test testi testimis tiitel tiitli tipp toe tolke tombe too toodangu toote topelt toru tostu trans truki tugi tuhi tuhiku tulemus tulu tunni tunnus tupo turu turva tuubi tuup uhe uhendus uhilduvus uhis uks uksik ula ulal uld ule ulem ules uli umar umber usaldus uudis uuesti vaartuse vaate vaba vahe vaike valemi valideerimis valiku valis valistus valja valjastus valjumis valjund valuuta vana vanem variandi varvi vasak vastas vastu vastuse vea veebi veeru vektor vertikaal vesi video viik viite visiit voor vordlus vorgu vormi vormindamis vormindus vormingu votme
head aadress aaris aasta administraator aeg aken allikas alus analuus andmed arvuti arvutus atribuut avaldis boks brauser definitsioon deklaratsioon dialoog dokument draiver efekt ekraan eraldaja fail filter fond font formaat funktsioon graafia graafika grupp haldur haldus halve hind hoidja hulk ikoon indeks info integraal intervall intress isik jaam jada jaotus jarjestus jatt jooks joon joondus juhend juhis juht juhtum kaart kaatet kaik kaitse kaivitus kasitleja kask kast kasutus kataloog kategooria katse kaugus kaust kava keel keskkond keskus ketas kiht kiri kirje kirjeldus klass klassifikatsioon klops koefitsent kogu kogum koht koma kombinatsioon komplekt komponent konnektor konstant kontor kontroll kood koordinaadistik koormus kord kordaja korgus korraldus kriips kriipsutus kriteerium kuju kujund kulg kursor kusimus kutse kuva kvaliteet lahter laps lase laud lause leht leping liides liige liigendus liiklus link lisa loend logaritm loik lopp luba lugeja lugu maar maht makse maksumus mall malu mark markus mask materjal meede meedia meeskond meeter meetod menetlus menuu minek moodul moot mudel muster muudatus muutuja muutus nadal naide navigaator nimi nool noue noustaja null number nummerdus nupp nurk objekt oigus olek omadus otsus paan paar paas paasetavus paigaldus paigutus paneel panek pank para parameeter parandus parasus paring parool partner pealdis pere periood pide piir piirang pikkus pilt pind plaan plokk pool portaal positsioon programm projekt protseduur protsess puha puhver punkt raam raamat raha rakendus raport redaktor reegel register reiting reziim riba rida risk ruhm ruum ruut saaja saamatu samm sate seade seanss seis sektsioon seos sertifikaat server side siire silt sisestus sisu skaala skeem skript slaid soltuvus sona soovitus stiil string struktuur sugu sulg sumbol summa suntaks susteem suund suurus tabel taht tahtlik tais taks taotlus tapp tapsus tase teade teave teavitus teek teema teenus tegevus tegur tehe tekst telefon telg test testija tiitel tingimus toetus toiming toon tootlus tugi tuhik tukk tulemus tund tundlik tundlikkus tunnus tuup uhendus uhik uuendus vaade vaartus vaatus vahe vahemik vahend vahetus valem vali valik valjund valuuta vara vaste veerg veeris vektor viga viide viis voimalus voog vordlus vorgustik vork vorm vormindus vorming vote voti votja
` };
